import type { AspectHint } from '../../domain/opinion.ts';
import type { Token } from '../text/tokens.ts';
import { type BasePolarity, loadBasePolarity } from './base-polarity.ts';
import { wordsOfExamples } from './example-words.ts';
import type { LanguagePack } from './pack.ts';
import { type Hits, type Meaning, PhraseIndex } from './phrase-index.ts';
import { phrasesOf, wordsOf } from './phrases.ts';

/** The words of one language, ready to be found in tokens. */
export interface Lexicon {
  readonly lang: string;
  find(tokens: readonly Token[]): Hits;
  /** General polarity of a word the phrases do not cover; 0 when it has none. */
  basePolarity(word: string): number;
}

/** How far a word speaks of an aspect: a workspace's own words most, then names, then phrases that judge it, then hints. */
export const OWN = 1.5;
export const NAMED = 1;
export const JUDGED = 0.9;
const HINTED = 0.5;

const EMOJI: readonly (readonly [string, number])[] = [
  ['😍 🥰 😻 ❤ 🧡 💛 💚 💙 💜 🤩 💯 🏆 <3 🎉 🥳', 2.5],
  ['😀 😃 😄 😁 😊 🙂 ☺ 😎 🤗 👍 👌 👏 🙌 🙏 💪 ✨ 😋 ✅ 🔥 :) :-) =) :D :-D =D :p :P ;) ;-)', 1.5],
  ['😒 😕 🙁 ☹ 😞 😔 😟 😢 😥 😓 😩 😫 🙄 😑 😐 🤦 💔 ❌ :( :-( =( :/ :-/ :\\ :[', -1.5],
  ['😠 😡 🤬 👎 😤 💩 🤮 🤢 😭 🖕 😖', -2.5],
];

/** Builds the lexicon of a language with the workspace's own aspect words; the general polarity list loads on first use. */
export function buildLexicon(pack: LanguagePack, hints: readonly AspectHint[]): Lexicon {
  const index = new PhraseIndex();
  const add: Add = (list, ...meanings) => {
    for (const phrase of phrasesOf(list, pack.lang)) index.add(phrase, meanings);
  };
  addPolarity(pack, add);
  addAspects(pack, add);
  addSignals(pack, add);
  for (const [faces, weight] of EMOJI) {
    for (const face of faces.split(' ')) index.add(face, [judging(weight)]);
  }
  let base: BasePolarity | undefined;
  return {
    lang: pack.lang,
    find: withOwnWords(index, hints, pack),
    basePolarity: (word) => {
      base ??= loadBasePolarity(pack.lang);
      return base.get(word) ?? 0;
    },
  };
}

/** Looks up the workspace's own words too, in an index of their own: they hide what they overlap, however long, and nothing hides them. */
function withOwnWords(
  index: PhraseIndex,
  hints: readonly AspectHint[],
  pack: LanguagePack,
): (tokens: readonly Token[]) => Hits {
  if (hints.length === 0) return (tokens) => index.find(tokens);
  const own = new PhraseIndex();
  for (const { aspect, seeds } of hints) {
    for (const seed of seeds) {
      const phrase = wordsOf(seed).join(' ');
      if (phrase === '') continue;
      own.add(phrase, [{ group: 'aspect', name: aspect, weight: OWN }]);
      own.add(`${phrase}s`, [{ group: 'aspect', name: aspect, weight: OWN }]);
    }
  }
  for (const hint of hints) {
    for (const [word, weight] of wordsOfExamples(hint, pack))
      own.add(word, [{ group: 'aspect', name: hint.aspect, weight }]);
  }
  return (tokens) => {
    const hits = index.find(tokens);
    const found = own.find(tokens).aspect;
    const named = found.filter(({ weight }) => weight >= OWN);
    const others = hits.aspect.filter((hit) => !named.some(({ from, to }) => from < hit.to && hit.from < to));
    return { ...hits, aspect: [...others, ...found].toSorted((a, b) => a.from - b.from) };
  };
}

/** A contrast word that may stand inside its clause. */
export const LATE = 'late';

type Add = (list: string, ...meanings: readonly Meaning[]) => void;

function addPolarity({ polarity }: LanguagePack, add: Add): void {
  add(polarity.best, judging(3));
  add(polarity.good, judging(2));
  add(polarity.fair, judging(1));
  add(polarity.poor, judging(-1));
  add(polarity.bad, judging(-2));
  add(polarity.worst, judging(-3));
  add(polarity.flat, judging(0));
}

function judging(weight: number): Meaning {
  return { group: 'polarity', name: '', weight };
}

function addAspects({ aspects }: LanguagePack, add: Add): void {
  for (const [name, words] of Object.entries(aspects)) {
    add(words.names, { group: 'aspect', name, weight: NAMED });
    add(words.hints, { group: 'aspect', name, weight: HINTED });
    add(words.praise, { group: 'aspect', name, weight: JUDGED }, judging(2));
    add(words.blame, { group: 'aspect', name, weight: JUDGED }, judging(-2));
  }
}

function addSignals(pack: LanguagePack, add: Add): void {
  add(pack.negators, { group: 'negator', name: '', weight: 1 });
  add(pack.lateNegators, { group: 'late-negator', name: '', weight: 1 });
  add(pack.intensifiers, { group: 'degree', name: '', weight: 1.3 });
  add(pack.dampeners, { group: 'degree', name: '', weight: 0.7 });
  add(pack.contrast, { group: 'contrast', name: '', weight: 1 });
  add(pack.lateContrast, { group: 'contrast', name: LATE, weight: 1 });
  add(pack.turns, { group: 'turn', name: '', weight: 1 });
  add(pack.wishes, { group: 'wish', name: '', weight: 1 });
  add(pack.intents.question, { group: 'question', name: '', weight: 1 });
  add(pack.intents.suggestion, { group: 'suggestion', name: '', weight: 1 });
  add(pack.intents.purchase, { group: 'purchase', name: '', weight: 1 });
  add(pack.intents.churn, { group: 'churn', name: '', weight: 1 });
  add(pack.intents.complaint, { group: 'complaint', name: '', weight: 1 });
  add(pack.urgency[3], { group: 'urgency', name: '', weight: 3 });
  add(pack.urgency[2], { group: 'urgency', name: '', weight: 2 });
  add(pack.urgency[1], { group: 'urgency', name: '', weight: 1 });
  add(pack.spam, { group: 'spam', name: '', weight: 1 });
  add(pack.ours, { group: 'ours', name: '', weight: 1 });
  add(pack.sarcasm, { group: 'sarcasm', name: '', weight: 1 }, judging(-2.5));
  add(pack.mockPraise, { group: 'mock-praise', name: '', weight: 1 });
  add(pack.pronouns, { group: 'pronoun', name: '', weight: 1 });
  add(pack.bareLiking, { group: 'liking', name: '', weight: 1 });
  add(pack.thanks, { group: 'thanks', name: '', weight: 1 });
}
