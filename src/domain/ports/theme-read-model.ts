import type { Aspect, Polarity } from '../words.ts';

export interface ThemeRow {
  readonly id: string;
  readonly aspect: Aspect;
  readonly name: string;
  readonly opinions: number;
  readonly people: number;
  readonly lastHeardAt: Date;
}

export interface ThemeDetail extends Pick<ThemeRow, 'id' | 'aspect' | 'name'> {
  /** Newest first, at most 100. */
  readonly opinions: readonly {
    readonly opinionId: string;
    readonly mentionId: string;
    /** Null: erased since. */
    readonly text: string | null;
    readonly polarity: Polarity;
    readonly author: string;
    readonly heardAt: Date;
  }[];
}

export interface ThemeReadModel {
  /** Those that at least two opinions came to in the last so many days, most people first, at most 200. */
  list(days: number): Promise<readonly ThemeRow[]>;
  /** As what it is by now, when it was merged; null when there is none. */
  read(id: string): Promise<ThemeDetail | null>;
}
