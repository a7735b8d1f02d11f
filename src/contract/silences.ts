import { z } from 'zod';
import { SILENCE_STATES } from '../domain/ports/silence-store.ts';
import { Id, Instant, Line } from './common.ts';
import { Backtest, Days } from './config.ts';
import { type Endpoint, LEADS, OVERSEERS } from './endpoint.ts';

const SILENCES = 'Silences';

export const Silence = z
  .object({
    id: Id,
    /** As it was written: query words such as `dept:sales aspect:pricing`, or `department="sales", aspect="pricing"`. */
    matchers: z.string(),
    state: z.enum(SILENCE_STATES),
    startsAt: Instant,
    endsAt: Instant,
    author: z.string(),
    reason: z.string(),
    /** Who ended it before its time. */
    endedBy: z.string().nullable(),
    /** Opinions that wait because of it. */
    heldBack: z.int(),
  })
  .meta({ id: 'Silence' });
export type Silence = z.infer<typeof Silence>;

export const silenceEndpoints = {
  listSilences: {
    method: 'get',
    path: '/api/v1/silences',
    tag: SILENCES,
    summary: 'What is silenced, was and will be; newest first, at most 500',
    policy: OVERSEERS,
    query: z.strictObject({ state: z.enum(SILENCE_STATES).optional() }),
    answer: z.object({ silences: z.array(Silence) }),
  },
  addSilence: {
    method: 'post',
    path: '/api/v1/silences',
    tag: SILENCES,
    summary:
      'What fulfils all matchers notifies nobody for a while, and is notified after if its case is open. A lead names a department of theirs',
    policy: LEADS,
    body: z.strictObject({
      matchers: Line(1_000),
      /** e.g. `30m`, `2h`, `7d`. */
      for: Line(20),
      reason: Line(500),
    }),
    answer: Silence,
    status: 201,
  },
  trySilence: {
    method: 'post',
    path: '/api/v1/silences/try',
    tag: SILENCES,
    summary: 'What a silence would have held back, had it been there all the last days',
    policy: LEADS,
    body: z.strictObject({ matchers: Line(1_000), days: Days }),
    answer: Backtest,
  },
  endSilence: {
    method: 'post',
    path: '/api/v1/silences/:id/end',
    tag: SILENCES,
    summary: 'End a silence now. 409 when it is over already',
    policy: LEADS,
    params: z.object({ id: Id }),
    answer: Silence,
  },
} satisfies Record<string, Endpoint>;
