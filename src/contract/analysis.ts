import { z } from 'zod';
import { REANALYSIS_STATES } from '../domain/reanalysis.ts';
import { Id, Instant, Line } from './common.ts';
import { ADMINS, type Endpoint, LEADS, OVERSEERS } from './endpoint.ts';
import { Label, OutcomeName } from './opinions.ts';

const ANALYSIS = 'Analysis';

const Learned = z
  .object({
    isOn: z.boolean(),
    /** Corrected texts, and how many of them were read exactly right before and after, each by what the others taught. */
    texts: z.int(),
    exactBefore: z.int(),
    exactAfter: z.int(),
    author: z.string(),
    createdAt: Instant,
  })
  .meta({ id: 'Learned' });

/** An aspect that earshot.yaml added; uncertain until thirty texts say that they speak of it. */
const OwnAspect = z
  .object({
    aspect: z.string(),
    texts: z.int(),
    isUncertain: z.boolean(),
    /** Words that proved to tell it, and seeds that proved not to. */
    sure: z.array(z.string()),
    wrong: z.array(z.string()),
  })
  .meta({ id: 'OwnAspect' });

const PolarityCounts = z.object({ positive: z.int(), neutral: z.int(), negative: z.int() });
const Labels = z.array(z.string());

export const Reanalysis = z
  .object({
    id: z.int(),
    model: z.string(),
    since: Instant,
    state: z.enum(REANALYSIS_STATES),
    lookedAt: z.int(),
    total: z.int(),
    author: z.string(),
    createdAt: Instant,
    /** Null until all is read. */
    comparison: z
      .object({
        mentions: z.int(),
        changed: z.int(),
        aspects: z.array(z.object({ aspect: z.string(), before: PolarityCounts, after: PolarityCounts })),
        corrections: z.object({ labels: z.int(), before: z.int(), after: z.int() }),
        outcomes: z.array(z.object({ from: OutcomeName, to: OutcomeName, mentions: z.int() })),
      })
      .nullable(),
    /** Some mentions that changed, while it waits to be made current. */
    examples: z.array(z.object({ mentionId: Id, text: z.string(), before: Labels, after: Labels })),
  })
  .meta({ id: 'Reanalysis' });
export type Reanalysis = z.infer<typeof Reanalysis>;

/** The most labels that are taken at once. */
const MAX_LABELS = 1_000;

const GivenLabel = z.strictObject({
  platform: Line(100),
  id: z.string().min(1).max(500),
  ...Label.shape,
  /** The words it stands on, as the text has them; without them the text. */
  words: z.string().min(1).max(2_000).optional(),
});

export const analysisEndpoints = {
  getAnalysis: {
    method: 'get',
    path: '/api/v1/analysis',
    tag: ANALYSIS,
    summary: 'Which model reads, what corrections taught it, and history that was read again',
    policy: OVERSEERS,
    answer: z.object({
      model: z.string(),
      learned: Learned.nullable(),
      ownAspects: z.array(OwnAspect),
      reanalysis: Reanalysis.nullable(),
    }),
  },
  addCorrections: {
    method: 'post',
    path: '/api/v1/corrections',
    tag: ANALYSIS,
    summary: 'Say what messages speak of, by platform and id. All or none; saying it twice changes nothing',
    policy: LEADS,
    body: z.strictObject({ labels: z.array(GivenLabel).min(1).max(MAX_LABELS) }),
    answer: z.object({ written: z.int(), same: z.int() }),
  },
  dropLearned: {
    method: 'post',
    path: '/api/v1/analysis/learned/drop',
    tag: ANALYSIS,
    summary: 'Turn off what corrections taught',
    policy: ADMINS,
    answer: z.object({ wasOn: z.boolean() }),
  },
  beginReanalysis: {
    method: 'post',
    path: '/api/v1/analysis/reanalysis',
    tag: ANALYSIS,
    summary: 'Read history again in the background. 409 while another waits',
    policy: ADMINS,
    body: z.strictObject({ days: z.int().min(1).max(36_500) }),
    answer: Reanalysis,
    status: 202,
  },
  settleReanalysis: {
    method: 'post',
    path: '/api/v1/analysis/reanalysis/settle',
    tag: ANALYSIS,
    summary: 'Make what was read again current, or forget it. 409 unless all is read',
    policy: ADMINS,
    body: z.strictObject({ action: z.enum(['adopt', 'drop']) }),
    answer: z.object({ reanalysis: Reanalysis.nullable() }),
  },
} satisfies Record<string, Endpoint>;
