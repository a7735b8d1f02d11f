import type { Label } from '../case.ts';

/** What a person says of a mention: an aspect it speaks of and how, or, with a null polarity, that it does not. */
export interface GivenLabel {
  readonly platform: string;
  readonly externalId: string;
  readonly label: Label;
  /** The words it stands on, as they are written in the text; null: the text. */
  readonly words: string | null;
}

export interface GivenLabels {
  /** Corrections that were written, and labels that people had given before. */
  readonly written: number;
  readonly same: number;
  /** By the place of the label in what was given; with any of them nothing was written. */
  readonly faults: readonly { readonly index: number; readonly message: string }[];
}

export interface CorrectionStore {
  /** Appends corrections, all or none. They hold from now on, and the analysis learns from them. */
  add(given: readonly GivenLabel[], author: string): Promise<GivenLabels>;
}
