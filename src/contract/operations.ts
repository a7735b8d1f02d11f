import { z } from 'zod';
import { SOURCE_STATES } from '../domain/source-health.ts';
import { Id, Instant, NextCursor, Paging, ResultOf } from './common.ts';
import { ADMINS, type Endpoint, READERS } from './endpoint.ts';

const OPERATIONS = 'Sources and deliveries';

export const SourceHealth = z
  .object({
    name: z.string(),
    kind: z.string(),
    state: z.enum(SOURCE_STATES),
    /** What the state means here, for people. */
    sentence: z.string(),
    /** What to do about it. */
    remedy: z.string().nullable(),
    lastSuccessAt: Instant.nullable(),
    lastHeardAt: Instant.nullable(),
    /** Since it had nothing left to fetch; null for what is not polled. */
    lagSeconds: z.number().nullable(),
    nextPollAt: Instant.nullable(),
    /** This month's, in US dollars; null where reading costs nothing. */
    spentUsd: z.number().nullable(),
    budgetUsd: z.number().nullable(),
    /** What can no longer be heard, of the last seven days. */
    gap: z.string().nullable(),
  })
  .meta({ id: 'SourceHealth' });
export type SourceHealth = z.infer<typeof SourceHealth>;

const DeliveryStatus = z.enum(['pending', 'sending', 'delivered', 'dead']);
const DeliveryFilter = {
  status: DeliveryStatus.optional(),
  receiver: z.string().max(100).optional(),
  kind: z.enum(['notification', 'digest', 'test']).optional(),
};

export const DeliveryRow = z
  .object({
    id: Id,
    /** What the far side recognises a repeat by. */
    messageId: z.string(),
    receiver: z.string(),
    integration: z.string(),
    number: z.int(),
    kind: z.string(),
    subject: z.string(),
    status: DeliveryStatus,
    attempts: z.int(),
    createdAt: Instant,
    dueAt: Instant,
    deliveredAt: Instant.nullable(),
    lastError: z.string().nullable(),
    /** Whether the far side may have got it before. */
    possibleRepeat: z.boolean(),
  })
  .meta({ id: 'Delivery' });
export type DeliveryRow = z.infer<typeof DeliveryRow>;

const DestinationName = z.object({
  receiver: z.string().min(1).max(200),
  integration: z.string().min(1).max(40),
  number: z.int().min(0).max(9_999),
});

export const DisabledDestination = DestinationName.extend({
  disabledAt: Instant,
  /** What it answered last. */
  reason: z.string(),
  /** Messages kept for it. */
  waiting: z.int(),
}).meta({ id: 'DisabledDestination' });
export type DisabledDestination = z.infer<typeof DisabledDestination>;

export const operationEndpoints = {
  listSources: {
    method: 'get',
    path: '/api/v1/sources',
    tag: OPERATIONS,
    summary: 'How every source is doing',
    policy: READERS,
    answer: z.object({ sources: z.array(SourceHealth) }),
  },
  listDeliveries: {
    method: 'get',
    path: '/api/v1/deliveries',
    tag: OPERATIONS,
    summary: 'The ledger of what goes out, newest first',
    policy: ADMINS,
    query: z.strictObject({ ...DeliveryFilter, ...Paging }),
    answer: z.object({ deliveries: z.array(DeliveryRow), nextCursor: NextCursor }),
  },
  replayDeliveries: {
    method: 'post',
    path: '/api/v1/deliveries/replay',
    tag: OPERATIONS,
    summary: 'Send deliveries that are dead or delivered once more, with the same message id',
    policy: ADMINS,
    body: z.strictObject({ ids: z.array(Id).min(1).max(200) }),
    answer: z.object({ results: z.array(ResultOf) }),
  },
  listDisabledDestinations: {
    method: 'get',
    path: '/api/v1/destinations/disabled',
    tag: OPERATIONS,
    summary: 'The destinations that nothing is sent to because they are gone or refuse us',
    policy: ADMINS,
    answer: z.object({ destinations: z.array(DisabledDestination) }),
  },
  enableDestination: {
    method: 'post',
    path: '/api/v1/destinations/enable',
    tag: OPERATIONS,
    summary: 'Send to a destination again, beginning with what waits for it',
    policy: ADMINS,
    body: z.strictObject(DestinationName.shape),
    answer: z.object({ isEnabled: z.literal(true) }),
  },
} satisfies Record<string, Endpoint>;
