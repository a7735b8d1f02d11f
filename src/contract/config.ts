import { z } from 'zod';
import { Instant } from './common.ts';
import { ADMINS, type Endpoint, OVERSEERS } from './endpoint.ts';

const CONFIG = 'Config';

export const ConfigRefusal = z
  .object({
    origin: z.string(),
    /** Every fault, with its line. */
    message: z.string(),
    refusedAt: Instant,
  })
  .meta({ id: 'ConfigRefusal', description: 'A config that was not taken; the one before is in force' });

const Notified = z.object({
  at: Instant,
  receiver: z.string(),
  department: z.string(),
  /** The route whose group it is. */
  path: z.string(),
  reason: z.enum(['first', 'new', 'repeat', 'resolved']),
  opinions: z.int(),
});

/** A spike of complaints on an aspect. */
const Spiked = z.object({ at: Instant, aspect: z.string(), people: z.int(), usual: z.number() });

export const Backtest = z
  .object({
    from: Instant,
    to: Instant,
    messages: z.int(),
    opinions: z.int(),
    /** Whether there was more, of which only the newest was looked at. */
    isPartial: z.boolean(),
    /** Messages that would have gone to other departments, most first. */
    moved: z.array(
      z.object({
        from: z.array(z.string()),
        to: z.array(z.string()),
        messages: z.int(),
        samples: z.array(z.object({ mentionId: z.string(), text: z.string() })),
      }),
    ),
    /** Notifications by receiver. */
    receivers: z.array(z.object({ receiver: z.string(), before: z.int(), after: z.int() })),
    /** Notifications that only the change would have sent, newest first, at most 20. */
    added: z.array(Notified),
    /** Those that it would not have sent. */
    gone: z.array(Notified),
    /** Opinions that would be held back at the end. */
    muted: z.object({ before: z.int(), after: z.int() }),
    /** Spikes that only one of the two would have told of, newest first, at most 20. */
    spikes: z.object({ added: z.array(Spiked), gone: z.array(Spiked) }),
    /** Cases that would have been past their time. */
    late: z.object({ before: z.int(), after: z.int() }),
    /** Messages that a digest counts on an aspect, where that would be another number. */
    digests: z.array(z.object({ digest: z.string(), aspect: z.string(), before: z.int(), after: z.int() })),
  })
  .meta({ id: 'Backtest', description: 'What a change would have done to the last days' });
export type Backtest = z.infer<typeof Backtest>;

/** How far back a backtest goes. */
export const Days = z.int().min(1).max(365).default(30);

export const configEndpoints = {
  getConfig: {
    method: 'get',
    path: '/api/v1/config',
    tag: CONFIG,
    summary: 'The config in force as it was written, and the faults of a newer one that was refused',
    policy: ADMINS,
    answer: z.object({ version: z.int(), text: z.string(), refusal: ConfigRefusal.nullable() }),
  },
  tryConfig: {
    method: 'post',
    path: '/api/v1/config/try',
    tag: CONFIG,
    summary:
      'What another config would have done to the last days; puts nothing in force. The change is kept in the audit log. 400 with every fault, 409 while another is tried',
    policy: ADMINS,
    body: z.strictObject({ yaml: z.string().min(1).max(200_000), days: Days }),
    /** `diff` in unified form. */
    answer: z.object({ diff: z.string(), backtest: Backtest }),
  },
  getMisroutes: {
    method: 'get',
    path: '/api/v1/misroutes',
    tag: CONFIG,
    summary:
      'Which department passed how many cases on to which, and routes that three or more of them in the last 90 days ask for',
    policy: OVERSEERS,
    query: z.strictObject({ days: z.coerce.number().int().min(1).max(365).default(7) }),
    answer: z.object({
      from: Instant,
      to: Instant,
      passedOn: z.array(z.object({ from: z.string(), to: z.string(), cases: z.int() })),
      suggestions: z.array(
        z.object({
          from: z.string(),
          to: z.string(),
          /** Alertmanager’s spelling, for a route below the root. */
          matchers: z.array(z.string()),
          /** Cases it takes that were passed on, and that were kept. */
          passedOn: z.int(),
          kept: z.int(),
        }),
      ),
    }),
  },
  reloadConfig: {
    method: 'post',
    path: '/api/v1/config/reload',
    tag: CONFIG,
    summary:
      'Read the config again, as SIGHUP does. All of it comes into force, or, with 400 and every fault, nothing',
    policy: ADMINS,
    answer: z.object({ version: z.int(), isNew: z.boolean() }),
  },
} satisfies Record<string, Endpoint>;
