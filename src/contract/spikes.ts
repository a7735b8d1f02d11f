import { z } from 'zod';
import { Id, Instant } from './common.ts';
import { type Endpoint, READERS } from './endpoint.ts';

export const Spike = z
  .object({
    id: Id,
    aspect: z.string(),
    /** The theme that rises; null: the whole aspect does. */
    theme: z.string().nullable(),
    beganAt: Instant,
    /** Who complained in the 24 hours before the last look, and the most at any look. */
    people: z.int(),
    peak: z.int(),
    /** In the same 24 hours of the weeks before, on average. */
    usual: z.number(),
    /** Null: nobody was told, since something mutes it. */
    toldAt: Instant.nullable(),
    /** Since when it is no spike any more, while it could rise again. */
    quietSince: Instant.nullable(),
  })
  .meta({ id: 'Spike', description: 'More people complain than the same weekday usually brings' });
export type Spike = z.infer<typeof Spike>;

export const spikeEndpoints = {
  listSpikes: {
    method: 'get',
    path: '/api/v1/spikes',
    tag: 'Cases',
    summary: 'What rises just now, newest first; that of the caller’s departments',
    policy: READERS,
    answer: z.object({ spikes: z.array(Spike) }),
  },
} satisfies Record<string, Endpoint>;
