import type { Label } from './case.ts';
import type { ChannelKind } from './words.ts';

/** A text that people have corrected, with the labels that hold now. */
export interface CorrectedText {
  readonly text: string;
  readonly lang: string;
  readonly kind: ChannelKind;
  /** One an aspect. */
  readonly labels: readonly Label[];
}

/** An aspect that a workspace added is uncertain until so many texts, examples counted, say that they speak of it. */
export const PROVEN_TEXTS = 30;

/** By which words labelled texts tell an aspect that the workspace added. */
export interface LearnedWords {
  /** Texts that speak of it, examples counted. */
  readonly texts: number;
  /** Words that proved to tell it, and seeds that proved not to. */
  readonly sure: readonly string[];
  readonly wrong: readonly string[];
}

/** What was learned from corrections, and how it does on corrected texts it was not taught, whole texts read exactly right. */
export interface Learned {
  readonly texts: number;
  readonly exactBefore: number;
  readonly exactAfter: number;
  /** Float32 numbers; null when they would not make it better. */
  readonly weights: Float32Array | null;
  /** By aspect; an aspect without thirty texts, or that its words do not tell better, is not in it. */
  readonly words: Readonly<Record<string, LearnedWords>>;
}
