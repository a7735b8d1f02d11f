import type { BUILT_IN_ASPECTS } from '../../domain/words.ts';

/**
 * The words of one language, as data. Every string is a comma-separated list of words and phrases in lower case; a `*` at
 * the end of a word stands for any ending. Where two entries of one group overlap in a text, the longer one holds.
 */
export type LanguagePack = Phrases & WordLists;

/** What judges and what names an aspect: the long lists, which stand in `lists/`, a text file a language. */
export interface WordLists {
  readonly polarity: PolarityWords;
  readonly aspects: Readonly<Record<(typeof BUILT_IN_ASPECTS)[number], AspectWords>>;
}

/** What holds a language together, and how people ask, wish, press and mock in it. */
export interface Phrases {
  /** ISO 639-1 code. */
  readonly lang: string;
  /** Frequent function words, by which the language is known. */
  readonly functionWords: string;
  /** Turn the polarity of what follows within a few words. */
  readonly negators: string;
  /** Turn the polarity of what stands up to three words before (`funktioniert nicht`). */
  readonly lateNegators: string;
  readonly intensifiers: string;
  readonly dampeners: string;
  /** Open a new clause and are not part of it. */
  readonly contrast: string;
  /** Contrast words that may also stand inside their clause, which then begins before them (`the staff however were rude`). */
  readonly lateContrast: string;
  /** Open a new clause and belong to it. */
  readonly turns: string;
  /** Wish that things were otherwise: praise beside them tells what is lacking (`wish it were cheaper`). */
  readonly wishes: string;
  readonly intents: {
    readonly question: string;
    readonly suggestion: string;
    readonly purchase: string;
    readonly churn: string;
    readonly complaint: string;
  };
  /** 3: safety, legal, fraud, money lost now. 2: time-critical or escalating. 1: wishes an answer. */
  readonly urgency: { readonly 3: string; readonly 2: string; readonly 1: string };
  /** Advertisement or scam. */
  readonly spam: string;
  /** How a company answers its customers. */
  readonly ours: string;
  /** Praise that only ever mocks. */
  readonly sarcasm: string;
  /** Praise that mocks when a mishap follows in the sentence (`great, another delay`). */
  readonly mockPraise: string;
  /** Stand for what was spoken of before. */
  readonly pronouns: string;
  /** Liking with a bare object (`love it`): the thing itself is meant when nothing else is named. */
  readonly bareLiking: string;
  /** Thanks: those who help are meant when nothing else is named. */
  readonly thanks: string;
}

export interface PolarityWords {
  /** +3, +2, +1, -1, -2, -3. */
  readonly best: string;
  readonly good: string;
  readonly fair: string;
  readonly poor: string;
  readonly bad: string;
  readonly worst: string;
  /** Phrases without judgement that hold a judging word (`good morning`). */
  readonly flat: string;
}

export interface AspectWords {
  /** Name the aspect. */
  readonly names: string;
  /** Speak of it when nothing else in the clause does. */
  readonly hints: string;
  /** Name it and judge it at once. */
  readonly praise: string;
  readonly blame: string;
}
