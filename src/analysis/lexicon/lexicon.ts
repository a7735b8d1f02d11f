import type { AspectHint } from '../../domain/opinion.ts';
import type { Token } from '../text/tokens.ts';
import { type BasePolarity, loadBasePolarity } from './base-polarity.ts';
import { wordsOfExamples } from './example-words.ts';
import type { LanguagePack } from './pack.ts';
import { type Group, type Hits, PhraseIndex } from './phrase-index.ts';
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
  const add = (list: string, group: Group, name: string, weight: number): void => {
    for (const words of phrasesOf(list, pack.lang)) index.add(words, { group, name, weight });
  };
  addPolarity(pack, add);
  addAspects(pack, add);
  addSignals(pack, add);
  for (const [faces, weight] of EMOJI) {
    for (const face of faces.split(' ')) index.add([face], { group: 'polarity', name: '', weight });
  }
  for (const { aspect, seeds } of hints) {
    for (const seed of seeds) {
      const words = wordsOf(seed);
      if (words.length > 0) index.add(words, { group: 'aspect', name: aspect, weight: OWN });
      const last = words.at(-1);
      if (last !== undefined)
        index.add([...words.slice(0, -1), `${last}s`], {
          group: 'aspect',
          name: aspect,
          weight: OWN,
        });
    }
  }
  for (const hint of hints) {
    for (const [word, weight] of wordsOfExamples(hint, pack))
      index.add([word], { group: 'aspect', name: hint.aspect, weight });
  }
  let base: BasePolarity | undefined;
  return {
    lang: pack.lang,
    find: (tokens) => index.find(tokens),
    basePolarity: (word) => {
      base ??= loadBasePolarity(pack.lang);
      return base.get(word) ?? 0;
    },
  };
}

type Add = (list: string, group: Group, name: string, weight: number) => void;

function addPolarity({ polarity }: LanguagePack, add: Add): void {
  add(polarity.best, 'polarity', '', 3);
  add(polarity.good, 'polarity', '', 2);
  add(polarity.fair, 'polarity', '', 1);
  add(polarity.poor, 'polarity', '', -1);
  add(polarity.bad, 'polarity', '', -2);
  add(polarity.worst, 'polarity', '', -3);
  add(polarity.flat, 'polarity', '', 0);
}

function addAspects({ aspects }: LanguagePack, add: Add): void {
  for (const [aspect, words] of Object.entries(aspects)) {
    add(words.names, 'aspect', aspect, NAMED);
    add(words.hints, 'aspect', aspect, HINTED);
    add(words.praise, 'aspect', aspect, JUDGED);
    add(words.blame, 'aspect', aspect, JUDGED);
    add(words.praise, 'polarity', '', 2);
    add(words.blame, 'polarity', '', -2);
  }
}

function addSignals(pack: LanguagePack, add: Add): void {
  add(pack.negators, 'negator', '', 1);
  add(pack.lateNegators, 'late-negator', '', 1);
  add(pack.intensifiers, 'degree', '', 1.3);
  add(pack.dampeners, 'degree', '', 0.7);
  add(pack.contrast, 'contrast', '', 1);
  add(pack.turns, 'turn', '', 1);
  add(pack.wishes, 'wish', '', 1);
  add(pack.intents.question, 'question', '', 1);
  add(pack.intents.suggestion, 'suggestion', '', 1);
  add(pack.intents.purchase, 'purchase', '', 1);
  add(pack.intents.churn, 'churn', '', 1);
  add(pack.intents.complaint, 'complaint', '', 1);
  add(pack.urgency[3], 'urgency', '', 3);
  add(pack.urgency[2], 'urgency', '', 2);
  add(pack.urgency[1], 'urgency', '', 1);
  add(pack.spam, 'spam', '', 1);
  add(pack.ours, 'ours', '', 1);
  add(pack.sarcasm, 'sarcasm', '', 1);
  add(pack.sarcasm, 'polarity', '', -2.5);
  add(pack.mockPraise, 'mock-praise', '', 1);
  add(pack.pronouns, 'pronoun', '', 1);
  add(pack.bareLiking, 'liking', '', 1);
}
