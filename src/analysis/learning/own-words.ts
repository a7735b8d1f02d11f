import { type CorrectedText, type LearnedWords, PROVEN_TEXTS } from '../../domain/learning.ts';
import type { AspectHint } from '../../domain/opinion.ts';
import { BUILT_IN_ASPECTS } from '../../domain/words.ts';
import { fillerWords } from '../evidence.ts';
import { wordsOf } from '../lexicon/phrases.ts';

const PARTS = 5;
const SEEN = 3;
const SURE = 0.75;
const WRONG = 0.3;
const SHORTEST = 3;

interface Labelled {
  readonly words: ReadonlySet<string>;
  /** The words in a row, a blank at either end, to find phrases in. */
  readonly row: string;
  readonly holds: boolean;
}

/** What the workspace's own aspects are told by: the words of its config, without those that proved wrong, with those that proved right. */
export function withLearnedWords(
  hints: readonly AspectHint[],
  learned: Readonly<Record<string, LearnedWords>>,
): AspectHint[] {
  return hints.map((hint) => {
    const words = learned[hint.aspect];
    if (words === undefined) return hint;
    return { ...hint, seeds: [...hint.seeds.filter((seed) => !words.wrong.includes(seed)), ...words.sure] };
  });
}

/**
 * Learns by which words labelled texts tell each aspect that the workspace added: aspects with thirty texts and more, and of them those
 * that, each fifth read by what the others taught, are found better than by the words of the config.
 */
export function learnOwnWords(
  corrected: readonly CorrectedText[],
  hints: readonly AspectHint[],
): Record<string, LearnedWords> {
  const learned: Record<string, LearnedWords> = {};
  for (const { aspect, seeds, examples = [] } of hints) {
    if ((BUILT_IN_ASPECTS as readonly string[]).includes(aspect)) continue;
    const texts = [
      ...examples.map((text) => labelled(text, true)),
      ...corrected.map(({ text, labels }) =>
        labelled(
          text,
          labels.some((label) => label.aspect === aspect),
        ),
      ),
    ];
    const holding = texts.filter(({ holds }) => holds).length;
    if (holding < PROVEN_TEXTS) continue;
    const [before, after] = [[] as boolean[], [] as boolean[]];
    for (let part = 0; part < PARTS; part += 1) {
      const { sure, wrong } = wordsFrom(
        texts.filter((_, at) => at % PARTS !== part),
        seeds,
      );
      const kept = seeds.filter((seed) => !wrong.includes(seed));
      for (const [at, text] of texts.entries()) {
        if (at % PARTS !== part) continue;
        before.push(isTold(text, seeds) === text.holds);
        after.push(isTold(text, [...kept, ...sure]) === text.holds);
      }
    }
    const right = (of: readonly boolean[]): number => of.filter(Boolean).length;
    if (right(after) <= right(before)) continue;
    learned[aspect] = { texts: holding, ...wordsFrom(texts, seeds) };
  }
  return learned;
}

function labelled(text: string, holds: boolean): Labelled {
  const words = wordsOf(text);
  return { words: new Set(words), row: ` ${words.join(' ')} `, holds };
}

function isTold({ row }: Labelled, phrases: readonly string[]): boolean {
  return phrases.some((phrase) => row.includes(` ${wordsOf(phrase).join(' ')} `));
}

function wordsFrom(
  texts: readonly Labelled[],
  seeds: readonly string[],
): { sure: string[]; wrong: string[] } {
  const filler = fillerWords();
  const counts = new Map<string, { yes: number; no: number }>();
  for (const { words, holds } of texts) {
    for (const word of words) {
      if (word.length < SHORTEST || filler.has(word)) continue;
      const count = counts.get(word) ?? { yes: 0, no: 0 };
      count[holds ? 'yes' : 'no'] += 1;
      counts.set(word, count);
    }
  }
  const sure = [...counts]
    .filter(([word, { yes, no }]) => yes >= SEEN && yes / (yes + no + 1) >= SURE && !seeds.includes(word))
    .map(([word]) => word);
  const wrong = seeds.filter((seed) => {
    const told = texts.filter((text) => isTold(text, [seed]));
    return told.length >= SEEN && told.filter(({ holds }) => holds).length / told.length < WRONG;
  });
  return { sure: sure.toSorted(), wrong };
}
