import type { CaseStatus } from './case.ts';
import type { Matcher } from './routing.ts';

export type Comparison = '<' | '<=' | '=' | '>=' | '>';

/** What can be asked of a case beside what its opinions are. */
export type CaseFact =
  | { readonly kind: 'status'; readonly status: CaseStatus; readonly isNot: boolean }
  | { readonly kind: 'unread'; readonly isNot: boolean }
  /** Passed on twice, so that somebody above the departments decides. */
  | { readonly kind: 'disputed'; readonly isNot: boolean }
  /** Past its time, and not closed. */
  | { readonly kind: 'overdue'; readonly isNot: boolean }
  /** A person's id, e-mail address or name, `me`, or `nobody`. */
  | { readonly kind: 'assignee'; readonly person: string; readonly isNot: boolean }
  /** Opened at this moment (ISO 8601) or after it, or before it. */
  | { readonly kind: 'since' | 'before'; readonly at: string }
  | {
      readonly kind: 'count';
      readonly of: 'messages' | 'people' | 'accounts';
      readonly comparison: Comparison;
      readonly number: number;
    };

/** What a search asks for: cases that have an opinion which fulfils all matchers, and of which all facts hold. */
export interface Query {
  readonly matchers: readonly Matcher[];
  readonly facts: readonly CaseFact[];
}
