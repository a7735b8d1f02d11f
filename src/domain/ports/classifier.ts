import type { Classification, ClassifierInput } from '../opinion.ts';

/** A text the classifier gave up on: it threw, or ran past its deadline. */
export interface ClassifierFailure {
  readonly failure: string;
}

/** Reads opinions out of texts. Implementations are pure functions of text, model and workspace aspects. */
export interface Classifier {
  /** Names the model; it changes whenever the same text may be read differently. */
  readonly modelVersion: string;
  /** Answers in input order, one entry an input; a text that cannot be classified is an entry, not an exception. */
  classify(inputs: readonly ClassifierInput[]): Promise<readonly (Classification | ClassifierFailure)[]>;
  close(): Promise<void>;
}
