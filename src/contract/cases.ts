import { z } from 'zod';
import { CASE_STATUSES, CASE_TABS, RESOLUTIONS } from '../domain/case.ts';
import {
  Id,
  Instant,
  Line,
  NextCursor,
  Paging,
  PersonRef,
  PolarityName,
  QueryWords,
  ResultOf,
  Tally,
  UrgencyLevel,
} from './common.ts';
import { type Endpoint, HANDLERS, READERS, SIGNED_IN } from './endpoint.ts';
import { AccountCard, Label, MentionHead, ThreadMessage } from './opinions.ts';

const CASES = 'Cases';
const DepartmentName = z.string().min(1).max(64);
const ById = z.object({ id: Id });

export const CaseRow = z
  .object({
    id: Id,
    /** Rises with everything a person does to the case; actions name the version they were decided on. */
    version: z.int(),
    department: z.string(),
    /** As it holds now: a snooze that is over shows as open or accepted. */
    status: z.enum(CASE_STATUSES),
    /** The words that say best what it is about; null text: erased. Null: it has no message any more. */
    quote: z
      .object({
        mentionId: Id,
        text: z.string().nullable(),
        aspect: z.string(),
        polarity: PolarityName,
      })
      .nullable(),
    /** One for each aspect and polarity, as people corrected them. */
    chips: z.array(z.object({ aspect: z.string(), polarity: PolarityName, opinions: z.int() })),
    tally: Tally,
    topAccount: AccountCard.nullable(),
    platforms: z.array(z.string()),
    urgency: UrgencyLevel,
    openedAt: Instant,
    /** When its last message was heard. */
    lastHeardAt: Instant,
    dueAt: Instant.nullable(),
    snoozedUntil: Instant.nullable(),
    assignee: PersonRef.nullable(),
    resolution: z.enum(RESOLUTIONS).nullable(),
    /** Whether something was heard since the caller opened it last; for API keys always false. */
    isUnread: z.boolean(),
  })
  .meta({ id: 'Case' });
export type CaseRow = z.infer<typeof CaseRow>;

const CaseFilter = {
  /** All that the caller may see when missing. */
  department: DepartmentName.optional(),
  /** Does not matter when `q` asks for a status. */
  tab: z.enum(CASE_TABS).default('open'),
  q: QueryWords.optional(),
};

export const CaseQuery = z.strictObject({ ...CaseFilter, ...Paging });
export type CaseQuery = z.infer<typeof CaseQuery>;

export const CaseCounts = z
  .object({
    open: z.int(),
    mine: z.int(),
    waiting: z.int(),
    snoozed: z.int(),
    resolved: z.int(),
    declined: z.int(),
    /** Messages, not cases; null for who may not see them. */
    quarantined: z.int().nullable(),
    unsure: z.int().nullable(),
  })
  .meta({ id: 'CaseCounts' });
export type CaseCounts = z.infer<typeof CaseCounts>;

export const CaseAction = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('accept') }),
    z.strictObject({ kind: z.literal('assign'), assignee: Id.nullable() }),
    z.strictObject({ kind: z.literal('not-ours'), department: DepartmentName, reason: Line(500) }),
    z.strictObject({ kind: z.literal('snooze'), until: Instant }),
    z.strictObject({
      kind: z.literal('resolve'),
      resolution: z.enum(RESOLUTIONS),
      note: z.string().trim().max(2_000).default(''),
    }),
    z.strictObject({ kind: z.literal('reopen') }),
    z.strictObject({ kind: z.literal('note'), text: Line(2_000) }),
    z.strictObject({ kind: z.literal('correct'), opinionId: Id, label: Label }),
  ])
  .meta({ id: 'CaseAction' });
export type CaseAction = z.infer<typeof CaseAction>;
export type { CaseStatus, CaseTab, Resolution } from '../domain/case.ts';

/** One line of a case's history; lines are only ever added. */
export const CaseEvent = z
  .object({
    id: Id,
    at: Instant,
    /** Without an id it was a tracker. */
    by: z.object({ id: Id.nullable(), name: z.string() }),
    /** What was done; null: an undo, see `undoes`. */
    action: CaseAction.nullable(),
    /** Who it was assigned to, by name. */
    assignee: PersonRef.nullable(),
    /** The event that this one took back. */
    undoes: Id.nullable(),
    isUndone: z.boolean(),
    /** Whether the caller may take it back just now. */
    canUndo: z.boolean(),
  })
  .meta({ id: 'CaseEvent' });

export const CaseDetail = z
  .object({
    case: CaseRow,
    /** Its newest messages, at most 50; `case.tally` counts all. */
    mentions: z.array(
      MentionHead.extend({
        /** Why the message is in this case, e.g. `same conversation`. */
        reason: z.string(),
        /** The opinions of the message that this case is about; the others went elsewhere. */
        memberOpinionIds: z.array(Id),
      }),
    ),
    /** Other messages of the same conversations, oldest first. */
    thread: z.array(ThreadMessage),
    /** The top account and what it said lately to the caller's departments, newest first, at most 5. */
    account: AccountCard.extend({
      lately: z.array(
        z.object({
          mentionId: Id,
          aspect: z.string(),
          polarity: PolarityName,
          text: z.string().nullable(),
          occurredAt: Instant,
        }),
      ),
    }).nullable(),
    /** Oldest first. */
    history: z.array(CaseEvent),
  })
  .meta({ id: 'CaseDetail' });
export type CaseDetail = z.infer<typeof CaseDetail>;

/** What an action came to: the case as it is now, and the event that can be taken back within ten minutes by who did it. */
const Acted = z.object({ case: CaseRow, eventId: Id });

const OnCase = z.strictObject({ id: Id, version: z.int().min(1) });
export const CaseResult = ResultOf.extend({ case: CaseRow.nullable(), eventId: Id.nullable() }).meta({
  id: 'CaseResult',
});

export const caseEndpoints = {
  listCases: {
    method: 'get',
    path: '/api/v1/cases',
    tag: CASES,
    summary: 'A department’s inbox, newest case first',
    policy: READERS,
    query: CaseQuery,
    answer: z.object({ cases: z.array(CaseRow), nextCursor: NextCursor }),
  },
  countCases: {
    method: 'get',
    path: '/api/v1/cases/counts',
    tag: CASES,
    summary: 'How many cases each tab holds',
    policy: READERS,
    query: z.strictObject({ department: DepartmentName.optional() }),
    answer: CaseCounts,
  },
  getCase: {
    method: 'get',
    path: '/api/v1/cases/:id',
    tag: CASES,
    summary: 'One case with its messages, why they are here, the account and the history',
    policy: READERS,
    params: ById,
    answer: CaseDetail,
  },
  markCaseSeen: {
    method: 'put',
    path: '/api/v1/cases/:id/seen',
    tag: CASES,
    summary: 'Say that the caller has seen all that was heard so far',
    policy: HANDLERS,
    params: ById,
    answer: z.object({ case: CaseRow }),
  },
  actOnCase: {
    method: 'post',
    path: '/api/v1/cases/:id/actions',
    tag: CASES,
    summary: 'Do something with a case. 409 when somebody else was faster, or the case does not allow it now',
    policy: HANDLERS,
    params: ById,
    body: z.strictObject({ version: z.int().min(1), action: CaseAction }),
    answer: Acted,
  },
  actOnCases: {
    method: 'post',
    path: '/api/v1/cases/actions',
    tag: CASES,
    summary: 'Do the same with many cases: each as a whole or not at all, with its own result',
    policy: HANDLERS,
    body: z.strictObject({ cases: z.array(OnCase).min(1).max(200), action: CaseAction }),
    answer: z.object({ results: z.array(CaseResult) }),
  },
  undoCaseEvents: {
    method: 'post',
    path: '/api/v1/cases/undo',
    tag: CASES,
    summary:
      'Take back what the caller did within the last ten minutes, unless somebody has gone on from there',
    policy: HANDLERS,
    body: z.strictObject({ eventIds: z.array(Id).min(1).max(200) }),
    /** `id` is the event's. */
    answer: z.object({ results: z.array(CaseResult) }),
  },
  watch: {
    method: 'get',
    path: '/api/v1/events',
    tag: CASES,
    summary:
      'Server-sent events. `cases`: {"department", "ids", "more"} changed (more: others as well). `resync`: something may have been missed. `end`: signed out',
    policy: SIGNED_IN,
    media: 'text/event-stream',
    answer: z.string(),
  },
} satisfies Record<string, Endpoint>;

/** The data of a `cases` event of the stream. */
export const CasesChanged = z.object({ department: z.string(), ids: z.array(Id), more: z.boolean() });
export type CasesChanged = z.infer<typeof CasesChanged>;
