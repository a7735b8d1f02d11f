import { z } from 'zod';
import { CASE_STATUSES, RESOLUTIONS } from '../domain/case.ts';
import { EDITIONS } from '../domain/digest.ts';
import { INTENTS, POLARITIES } from '../domain/words.ts';
import { AspectName, Day, Id, Instant, IntentName, PolarityName, Tally, UrgencyLevel } from './common.ts';
import { type Endpoint, READERS } from './endpoint.ts';

const DIGESTS = 'Digests';
const Name = z.string().min(1).max(64);

/** The page with the messages behind a number, as mails carry it: an absolute address whose path and query this app serves. */
const Evidence = z.string();

const Counted = Tally.extend({ evidence: Evidence });
const Tallies = Tally.extend({ negative: Tally, neutral: Tally, positive: Tally });
const Said = z.object({ text: z.string(), evidence: Evidence.nullable() });

const DigestItem = z
  .object({
    mention: Id,
    url: z.string(),
    /** The quoted words; null: erased since. */
    text: z.string().nullable(),
    erased: z.boolean(),
    aspect: z.string(),
    polarity: PolarityName,
    intent: IntentName,
    urgency: UrgencyLevel,
    platform: z.string(),
    account: z.string().nullable(),
  })
  .meta({ id: 'DigestItem' });

const Section = z.object({ today: Tally, before: Tally, items: z.array(DigestItem) });

const DigestCase = z.object({
  case: Id,
  url: z.string(),
  title: z.string(),
  words: z.string(),
  department: z.string(),
  owner: z.string(),
  quote: DigestItem.nullable(),
});

const DigestAccount = z.object({
  name: z.string(),
  tier: z.string(),
  owner: z.string(),
  revenue: z.number().nullable(),
});

/** What `earshot digest preview --format json` prints; keys are spelled as there. */
export const Digest = z
  .object({
    format: z.literal(2),
    digest: z.string(),
    department: z.string().nullable(),
    edition: z.enum(EDITIONS),
    workspace: z.string(),
    date: Day,
    zone: z.string(),
    /** The time it covers in words. */
    period: z.string(),
    window: z.object({ from: Instant, to: Instant, is_over: z.boolean() }),
    compared_with: z.object({
      date: Day,
      from: Instant,
      to: Instant,
      has_figures: z.boolean(),
      /** `Sun 15 Nov`, `the week before`, `October`. */
      name: z.string(),
      /** The same behind a figure: `on Sun 15 Nov`. */
      at: z.string(),
    }),
    url: z.string(),
    is_empty: z.boolean(),
    verdict: z.object({ subject: z.string(), sentences: z.array(Said) }),
    total: Counted,
    total_before: Tally,
    late: Counted,
    aspects: z.array(
      z.object({
        aspect: z.string(),
        today: Tallies,
        before: Tallies,
        change: z.string(),
        notes: z.array(z.string()),
        /** 14 local days up to this one, or 8 weeks, or 6 months. */
        trend: z.array(z.object({ date: Day, people: z.int() })),
        evidence: z.object({ all: Evidence, negative: Evidence, neutral: Evidence, positive: Evidence }),
        quotes: z.array(DigestItem),
      }),
    ),
    /** What changed, at most five. */
    themes: z.array(
      z.object({
        id: Id,
        /** Customers' own words. */
        name: z.string(),
        aspect: z.string(),
        stage: z.enum(['new', 'growing', 'steady', 'fading', 'heard']),
        words: z.string(),
        today: Tally,
        recent: Tally,
        earlier: Tally,
        first_heard_at: Instant,
        standing: z.string(),
        case: Id.nullable(),
        evidence: Evidence,
        quotes: z.array(DigestItem),
      }),
    ),
    /** People by aspect that an earlier digest told otherwise. */
    restated: z.array(z.object({ date: Day, aspect: z.string(), was: z.int(), now: z.int() })),
    restated_words: z.string(),
    /** Of a weekly or monthly edition: what people went on speaking of. */
    stayed: z.array(z.string()),
    urgent: Section,
    purchase: Section,
    churn: Section,
    top_accounts: z.object({
      of: z.int(),
      heard: z.array(
        DigestAccount.extend({
          mood: z.enum(['upset', 'delighted', 'mixed', 'neutral']),
          messages: z.int(),
          people: z.int(),
          negative: z.int(),
          positive: z.int(),
          evidence: Evidence,
        }),
      ),
      silent: z.array(DigestAccount.extend({ last_heard: Day.nullable() })),
      silence: z.string(),
    }),
    work: z.object({
      waiting: z.string(),
      open_cases: z.int(),
      overdue: z.int(),
      due_soon: z.int(),
      open: z.array(
        DigestCase.extend({
          status: z.enum(CASE_STATUSES),
          urgency: z.int(),
          messages: z.int(),
          people: z.int(),
          accounts: z.int(),
          opened_at: Instant,
          due_at: Instant.nullable(),
          bounces: z.int(),
        }),
      ),
      closed: z.array(
        DigestCase.extend({
          resolution: z.enum(RESOLUTIONS),
          closed_at: Instant,
          /** People who spoke badly of it in so many days before it was closed, and since. */
          upset_before: z.int(),
          upset_after: z.int(),
          days: z.int(),
        }),
      ),
      misroutes: z.array(z.object({ from: z.string(), to: z.string(), cases: z.int() })),
    }),
    not_heard: z.array(Said),
    bins: z.record(z.string(), z.int()),
    config_version: z.int(),
    models: z.array(z.string()),
    /** That history was read again since the digest before, and what it changed; empty when it was not. */
    reread: z.string(),
    /** That a changed config was refused and is not in force. */
    refused_config: z.string().optional(),
    compiled_at: Instant,
    next_run: z.string(),
  })
  .meta({ id: 'Digest' });
export type Digest = z.infer<typeof Digest>;

export const DigestList = z.object({
  digests: z.array(
    z.object({
      name: z.string(),
      /** Null: the whole company. */
      department: z.string().nullable(),
      /** Local time of day it is sent at. */
      at: z.string(),
      zone: z.string(),
      /** The local day it is now. */
      today: Day,
      /** The last day whose digest was compiled for good; null: none yet. */
      lastSent: Day.nullable(),
      /** Whether people may have it by mail at their own time. */
      takesSubscriptions: z.boolean(),
    }),
  ),
});

/** Set or missing. */
const Flag = z
  .literal('true')
  .transform(() => true as const)
  .optional();

/** Which messages a number stands for; without any of it: all that were counted. */
export const EvidenceQuery = z.strictObject({
  aspect: AspectName.optional(),
  polarity: z.enum(POLARITIES).optional(),
  intent: z.enum(INTENTS).optional(),
  account: Id.optional(),
  /** Over the days that the digest looks at themes. */
  theme: Id.optional(),
  urgent: Flag,
  late: Flag,
  day: Day.optional(),
  outcome: z.enum(['quarantined', 'unsure', 'no-opinion', 'ours', 'waiting']).optional(),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
});

export const EvidencePage = z
  .object({
    total: z.int(),
    /** Newest first, at most 200; the rest from `offset` on. */
    mentions: z.array(
      z.object({
        mentionId: Id,
        /** Null: erased. */
        text: z.string().nullable(),
        spans: z.array(
          z.object({
            start: z.int(),
            end: z.int(),
            aspect: z.string(),
            polarity: PolarityName,
            intent: IntentName,
          }),
        ),
        author: z.string(),
        account: z.string().nullable(),
        platform: z.string(),
        url: z.string().nullable(),
        occurredAt: Instant,
        sources: z.array(z.string()),
      }),
    ),
  })
  .meta({ id: 'EvidencePage' });
export type EvidencePage = z.infer<typeof EvidencePage>;

export const digestEndpoints = {
  listDigests: {
    method: 'get',
    path: '/api/v1/digests',
    tag: DIGESTS,
    summary: 'The digests that the caller may read',
    policy: READERS,
    answer: DigestList,
  },
  getDigest: {
    method: 'get',
    path: '/api/v1/digests/:name/:date',
    tag: DIGESTS,
    summary: 'A digest of any local day: as it was frozen, or compiled now',
    policy: READERS,
    params: z.object({ name: Name, date: Day }),
    /** `restated_since`: what of a frozen digest counts differently now, in words; empty when nothing does. */
    answer: Digest.extend({ restated_since: z.string() }),
  },
  listEvidence: {
    method: 'get',
    path: '/api/v1/digests/:name/:date/evidence',
    tag: DIGESTS,
    summary: 'The messages behind one number of a digest',
    policy: READERS,
    params: z.object({ name: Name, date: Day }),
    query: EvidenceQuery,
    answer: EvidencePage,
  },
} satisfies Record<string, Endpoint>;
