import { z } from 'zod';
import { EDITIONS } from '../domain/digest.ts';
import { FORMS } from '../domain/subscription.ts';
import { isZone } from '../lib/zone.ts';
import { Id, Line } from './common.ts';
import { type Endpoint, SIGNED_IN } from './endpoint.ts';

const TAG = 'Digests';

export const Subscription = z
  .object({
    id: Id,
    digest: z.string(),
    email: z.string(),
    name: z.string(),
    zone: z.string(),
    at: z.string(),
    every: z.enum(EDITIONS),
    form: z.enum(FORMS),
    /** `pending`: whoever reads that address’s mail has not agreed yet. */
    state: z.enum(['pending', 'active', 'ended']),
    /** When it is sent next, e.g. `Tue 24 Nov 07:30 Europe/Paris`. */
    next: z.string(),
  })
  .meta({ id: 'Subscription', description: 'A digest by mail at somebody’s own time' });
export type Subscription = z.infer<typeof Subscription>;

const Zone = z.string().refine(isZone, 'is no IANA time zone, such as Europe/London');

export const subscriptionEndpoints = {
  listSubscriptions: {
    method: 'get',
    path: '/api/v1/subscriptions',
    tag: TAG,
    summary: 'Who gets which digest by mail of their own: the caller, and for an administrator everybody',
    policy: SIGNED_IN,
    answer: z.object({ subscriptions: z.array(Subscription) }),
  },
  addSubscription: {
    method: 'post',
    path: '/api/v1/subscriptions',
    tag: TAG,
    summary:
      'A digest by mail at a time of one’s own, in place of what the address had before. An administrator gives it to others too: those outside the audience’s domains are asked first',
    policy: SIGNED_IN,
    body: z.strictObject({
      digest: z.string().min(1).max(64),
      /** Missing: the caller’s own. */
      email: z.email().max(254).toLowerCase().optional(),
      name: Line(80).optional(),
      zone: Zone,
      at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as 07:30'),
      every: z.enum(EDITIONS).default('day'),
      form: z.enum(FORMS).default('html'),
    }),
    answer: Subscription,
    status: 201,
  },
  testSubscription: {
    method: 'post',
    path: '/api/v1/subscriptions/:id/test',
    tag: TAG,
    summary: 'Sends the newest digest to it at once',
    policy: SIGNED_IN,
    params: z.object({ id: Id }),
    answer: z.object({ isSent: z.literal(true) }),
  },
  endSubscription: {
    method: 'delete',
    path: '/api/v1/subscriptions/:id',
    tag: TAG,
    summary: 'Ends it; the address gets no further mail',
    policy: SIGNED_IN,
    params: z.object({ id: Id }),
    answer: z.object({ isEnded: z.literal(true) }),
  },
} satisfies Record<string, Endpoint>;
