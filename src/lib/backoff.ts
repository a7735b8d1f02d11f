const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

/** After this many attempts a delivery is given up. */
export const MAX_ATTEMPTS = 10;
const FIRST_CEILING = 5 * SECOND;
const LAST_CEILING = 6 * HOUR;
/** 5 s, 20 s, 80 s … 6 h: the nine waits of ten attempts add up to 19.6 h at most, so the last falls within a day. */
const GROWTH = 4;
const SHORTEST_WAIT = SECOND;
/** Spread put on top of the far side's own instant, so that waiting deliveries do not return in one wave. */
const RETRY_AT_SPREAD = 10 * SECOND;

const DEFAULT_RETRY_AFTER = 30 * SECOND;
const LONGEST_RETRY_AFTER = HOUR;

interface FailedAttempt {
  /** How many attempts were made so far; 1 when the first has just failed. */
  readonly attempt: number;
  readonly now: Date;
  /** The instant the far side asked us to wait for. */
  readonly retryAt?: Date | undefined;
  /** Uniform in [0, 1). */
  readonly random: number;
}

/**
 * When to try again, or null when it is time to give up (dead letter): ten attempts within 24 hours. Full jitter under a
 * growing ceiling (5 s to 6 h); never before `retryAt`, and at most 10 s after it while the ceiling is lower than that.
 */
export function nextAttempt({ attempt, now, retryAt, random }: FailedAttempt): Date | null {
  if (attempt >= MAX_ATTEMPTS) return null;
  const ceiling = Math.min(LAST_CEILING, FIRST_CEILING * GROWTH ** Math.max(0, attempt - 1));
  const backoff = now.getTime() + SHORTEST_WAIT + random * (ceiling - SHORTEST_WAIT);
  const asked = retryAt === undefined ? 0 : retryAt.getTime() + random * RETRY_AT_SPREAD;
  return new Date(Math.round(Math.max(backoff, asked)));
}

/**
 * Reads a `Retry-After` header (RFC 9110 section 10.2.3: seconds or a date) as an instant. Missing or unreadable values
 * give 30 s; everything is clamped to 1 s … `longestMs` (default 1 h) from `now`.
 */
export function retryAtFrom(
  header: string | undefined,
  now: Date,
  longestMs: number = LONGEST_RETRY_AFTER,
): Date {
  const wait = waitOf(header?.trim() ?? '', now);
  return new Date(now.getTime() + Math.min(longestMs, Math.max(SECOND, wait)));
}

function waitOf(value: string, now: Date): number {
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * SECOND;
  if (!/^(mon|tue|wed|thu|fri|sat|sun)/i.test(value)) return DEFAULT_RETRY_AFTER;
  // The asctime form carries no zone; by the RFC it is GMT, which Date.parse would take for local time.
  const instant = Date.parse(/gmt$/i.test(value) ? value : `${value} GMT`);
  return Number.isNaN(instant) ? DEFAULT_RETRY_AFTER : instant - now.getTime();
}
