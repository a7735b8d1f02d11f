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

/** What was learned from corrections, and how it does on corrected texts it was not taught, whole texts read exactly right. */
export interface Learned {
  readonly texts: number;
  readonly exactBefore: number;
  readonly exactAfter: number;
  /** Float32 numbers; null when they would not make it better. */
  readonly weights: Float32Array | null;
}
