import { z } from 'zod';
import { Day } from './common.ts';
import { type Endpoint, READERS } from './endpoint.ts';

export const TrendDay = z
  .object({
    date: Day,
    aspect: z.string(),
    negative: z.int(),
    neutral: z.int(),
    positive: z.int(),
  })
  .meta({
    id: 'TrendDay',
    description: 'Opinions of one aspect on one local day, as they are labelled now',
  });
export type TrendDay = z.infer<typeof TrendDay>;

export const trendEndpoints = {
  getTrend: {
    method: 'get',
    path: '/api/v1/trend',
    tag: 'Digests',
    summary:
      'Opinions a local day and aspect; those of the caller’s departments. Days and aspects without any are left out',
    policy: READERS,
    query: z.strictObject({ days: z.coerce.number().int().min(1).max(731).default(90) }),
    answer: z.object({ zone: z.string(), days: z.array(TrendDay) }),
  },
} satisfies Record<string, Endpoint>;
