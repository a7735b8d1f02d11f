import type { Outcome, Polarity } from './words.ts';

export const REANALYSIS_STATES = ['reading', 'read', 'current', 'dropped'] as const;

/** Messages by how an aspect is judged in them; one that is judged twice counts twice. */
export type PolarityCounts = Readonly<Record<Polarity, number>>;

/** What reading history again would change, against how it reads now. */
export interface ReanalysisComparison {
  /** Mentions that were read again, and those of them that have other aspects or polarities now. */
  readonly mentions: number;
  readonly changed: number;
  readonly aspects: readonly {
    readonly aspect: string;
    readonly before: PolarityCounts;
    readonly after: PolarityCounts;
  }[];
  /** Labels that people gave, and how many of them each reading gives by itself. */
  readonly corrections: { readonly labels: number; readonly before: number; readonly after: number };
  /** Bins that mentions would leave and enter. What was routed stays so. */
  readonly outcomes: readonly {
    readonly from: Outcome;
    readonly to: Outcome;
    readonly mentions: number;
  }[];
  /** Some mentions that changed. */
  readonly examples: readonly string[];
}

/** Reading history again with the model and the aspects of now. */
export interface Reanalysis {
  readonly id: number;
  readonly model: string;
  readonly configVersionId: number;
  /** Mentions that count from here on. */
  readonly since: Date;
  readonly state: (typeof REANALYSIS_STATES)[number];
  /** Mentions it has looked at, of how many there were when it began. */
  readonly lookedAt: number;
  readonly total: number;
  /** Null until all is read. */
  readonly comparison: ReanalysisComparison | null;
  readonly author: string;
  readonly createdAt: Date;
}

/** A mention whose reading changed: its words, and its labels such as `sales negative`, before and after. */
export interface ReanalysisExample {
  readonly mentionId: string;
  readonly text: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
}
