import type { PollEnd } from '../domain/ports/source-store.ts';
import type { AppError } from '../lib/app-error.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** A source that comes back is heard within this time, while it has not been away for long. */
const RECONNECT_MS = 8 * SECOND;
const SHORT_OUTAGE_MS = 10 * MINUTE;
const LONG_OUTAGE_MS = MINUTE;
/** A refused key is shown at most once an hour, and not more than three times: the far side may lock an account that goes on knocking. */
const PROBE_MS = HOUR;
const MOST_REFUSALS = 3;

interface FailedPoll {
  readonly error: AppError;
  /** Polls that failed in a row before this one, and since when. */
  readonly failures: number;
  readonly failingSince: Date | null;
  readonly now: Date;
  /** Uniform in [0, 1). */
  readonly random: number;
}

/**
 * When a failed poll is tried again. What may pass by itself (`unavailable`, `conflict`, `bug`) after 2 s, 4 s, 8 s, and every minute once it
 * has lasted ten; `rate-limited` at the instant the far side named and not before; what wants a person once an hour, a refused
 * key three times and then not before somebody has looked. Pure.
 */
export function nextPollAfter({ error, failures, failingSince, now, random }: FailedPoll): PollEnd {
  const failed = { result: 'failed', errorKind: error.kind, error: error.message } as const;
  switch (error.kind) {
    case 'auth':
    case 'forbidden':
      return { ...failed, nextInMs: failures + 1 >= MOST_REFUSALS ? null : PROBE_MS };
    case 'not-found':
    case 'invalid-input':
      return { ...failed, nextInMs: PROBE_MS };
    case 'rate-limited':
    case 'unavailable':
    case 'conflict':
    case 'bug': {
      const asked = error.retryAt === undefined ? 0 : error.retryAt.getTime() - now.getTime();
      const outage = failingSince === null ? 0 : now.getTime() - failingSince.getTime();
      const ceiling =
        outage > SHORT_OUTAGE_MS ? LONG_OUTAGE_MS : Math.min(RECONNECT_MS, 2 * SECOND * 2 ** failures);
      const backoff = ceiling * (0.5 + random / 2);
      // A spread on top of the far side's instant, so that several sources do not return in one wave.
      return { ...failed, nextInMs: Math.ceil(asked > 0 ? asked + random * 2 * SECOND : backoff) };
    }
  }
}
