import type { CountTerm, Grouped, KnownOpinion, OpinionToGroup, Signature } from '../theme.ts';

/** A routed opinion whose theme nobody has looked for. */
export interface OpinionToTheme extends Omit<OpinionToGroup, keyof Signature> {
  readonly confidence: number;
  /** The words of the opinion alone. */
  readonly text: string;
  readonly lang: string;
}

export interface Example {
  readonly text: string;
  readonly lang: string;
}

/** A theme that opinions came to, with opinions to name it by. */
export interface ThemeToLookAt {
  readonly id: string;
  readonly aspect: string;
  readonly name: string;
  /** How many opinions it has. */
  readonly size: number;
  readonly examples: readonly Example[];
}

/** One batch, inside its transaction. */
export interface ThemeBatch {
  readonly opinions: readonly OpinionToTheme[];
  /** Examples and lone opinions that share a key, at most some thousands, themes first. */
  findAlike(keys: readonly number[]): Promise<readonly KnownOpinion[]>;
  countTerms(
    of: readonly { readonly aspect: string; readonly terms: readonly number[] }[],
  ): Promise<CountTerm>;
  /** Makes the themes that were founded, or finds them again by their words, and returns every theme that opinions came to. */
  save(
    grouped: readonly Grouped[],
    signatures: ReadonlyMap<string, OpinionToGroup | KnownOpinion>,
  ): Promise<readonly ThemeToLookAt[]>;
  /** Some opinions of the aspect that are in no theme. */
  readOthers(aspect: string): Promise<readonly Example[]>;
  rename(names: ReadonlyMap<string, string>): Promise<void>;
}

export interface ThemeStore {
  /**
   * Claims at most `limit` routed mentions and hands their opinions to `form`, all in one transaction. One at a time whatever the
   * number of workers, and, while mentions wait to be analysed or routed, only such as have been here for a minute. Returns how many
   * mentions there were.
   */
  formBatch(limit: number, form: (batch: ThemeBatch) => Promise<void>): Promise<number>;
  /** From now on `from` is `into`, opinions, cases and what is still to come. Throws AppError `not-found`, `invalid-input`. */
  merge(change: { readonly from: string; readonly into: string; readonly actor: string }): Promise<void>;
  /** Moves opinions of a theme to a new one, where they stay. Returns its id. Throws AppError `not-found`, `invalid-input`. */
  split(change: {
    readonly theme: string;
    readonly opinions: readonly string[];
    readonly keysOf: (aspect: string, terms: readonly number[]) => readonly number[];
    readonly nameOf: (examples: readonly Example[]) => string;
    readonly actor: string;
  }): Promise<string>;
}
