import type { Caller } from '../access.ts';
import type { CaseAction, CaseStatus, CaseTab, Resolution } from '../case.ts';
import type { Tally } from '../digest.ts';
import type { Query } from '../query.ts';
import type { Aspect, Polarity, Urgency } from '../words.ts';
import type { ShownAccount, ShownMention, ThreadMessage } from './mention-read-model.ts';

interface PersonRef {
  readonly id: string;
  readonly name: string;
}

/** A case as a list shows it. */
export interface CaseRow {
  readonly id: string;
  readonly version: number;
  readonly department: string;
  /** As it holds now. */
  readonly status: CaseStatus;
  readonly quote: {
    readonly mentionId: string;
    /** Null when erased. */
    readonly text: string | null;
    readonly aspect: Aspect;
    readonly polarity: Polarity;
  } | null;
  readonly chips: readonly {
    readonly aspect: Aspect;
    readonly polarity: Polarity;
    readonly opinions: number;
  }[];
  readonly tally: Tally;
  /** The one with the highest revenue. */
  readonly topAccount: ShownAccount | null;
  readonly platforms: readonly string[];
  readonly urgency: Urgency;
  readonly openedAt: Date;
  readonly lastHeardAt: Date;
  readonly dueAt: Date | null;
  readonly snoozedUntil: Date | null;
  readonly assignee: PersonRef | null;
  readonly resolution: Resolution | null;
  /** Whether something was heard since the caller saw it last; never for what is closed, nor for an API key. */
  readonly isUnread: boolean;
}

/** Which cases are asked for. A status in the query goes over the tab. */
export interface CaseFilter {
  readonly tab: CaseTab;
  readonly query: Query;
}

/** Where a page ended. */
export interface CasePlace {
  readonly openedAt: Date;
  readonly id: string;
}

export interface CaseCounts extends Readonly<Record<CaseTab, number>> {
  /** Mentions; null for who may not see them. */
  readonly quarantined: number | null;
  readonly unsure: number | null;
}

export interface CaseEventRow {
  readonly id: string;
  readonly at: Date;
  /** Without an id it was a tracker. */
  readonly by: { readonly id: string | null; readonly name: string };
  /** Null: it took another one back. */
  readonly action: CaseAction | null;
  readonly assignee: PersonRef | null;
  readonly undoes: string | null;
  readonly isUndone: boolean;
  readonly canUndo: boolean;
}

export interface CaseDetail {
  readonly case: CaseRow;
  readonly mentions: readonly (ShownMention & {
    readonly reason: string;
    readonly memberOpinionIds: readonly string[];
  })[];
  readonly thread: readonly ThreadMessage[];
  readonly account:
    | (ShownAccount & {
        readonly lately: readonly {
          readonly mentionId: string;
          readonly aspect: Aspect;
          readonly polarity: Polarity;
          readonly text: string | null;
          readonly occurredAt: Date;
        }[];
      })
    | null;
  readonly history: readonly CaseEventRow[];
}

export interface CaseReadModel {
  /** Newest first, from below `after`. */
  list(
    filter: CaseFilter,
    asked: { readonly caller: Caller; readonly after: CasePlace | null; readonly limit: number },
  ): Promise<readonly CaseRow[]>;
  count(department: string | undefined, caller: Caller): Promise<CaseCounts>;
  /** In the order of the ids; cases that the caller may not see are left out. */
  readRows(ids: readonly string[], caller: Caller): Promise<readonly CaseRow[]>;
  /** Null when there is none, or none that the caller may see. */
  read(id: string, caller: Caller): Promise<CaseDetail | null>;
}
