import { ApiPartialResponseError, ApiResponseError } from 'twitter-api-v2';
import { z } from 'zod';
import { REFUSED_ADDRESS } from '../../lib/address-guard.ts';
import { AppError } from '../../lib/app-error.ts';
import { retryAtFrom } from '../../lib/backoff.ts';
import { refusedAddress } from './guarded-agent.ts';

const SECOND_MS = 1000;
const HOUR_MS = 3_600_000;
/** For a reset that is missing or past (our clock is ahead): a window lasts 15 minutes, so few calls are in vain. */
const DEFAULT_WAIT_MS = 60_000;

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** X's error body (RFC 9457 with a list of faults); what cannot be read is treated as not said. */
const Problem = z
  .object({
    type: z.string().catch(''),
    title: z.string().catch(''),
    detail: z.string().catch(''),
    errors: z
      .array(
        z.object({
          message: z.string().catch(''),
          parameters: z.record(z.string(), z.unknown()).catch({}),
        }),
      )
      .catch([]),
  })
  .catch({ type: '', title: '', detail: '', errors: [] });

/** X answered, but with no page. */
interface Refusal {
  readonly status: number;
  readonly headers: Headers;
  readonly problem: z.output<typeof Problem>;
}

/**
 * The instant X's rate limit ends: `x-rate-limit-reset` is an absolute instant in seconds. Clamped to 1 s … 1 h from now, so
 * that a clock that is wrong, theirs or ours, neither stops the source nor lets it hammer.
 */
function rateLimitReset(headers: Headers, now: Date): Date {
  const reset = Number(headers['x-rate-limit-reset'] ?? Number.NaN) * SECOND_MS;
  const wait = reset > now.getTime() ? reset - now.getTime() : DEFAULT_WAIT_MS;
  return new Date(now.getTime() + Math.min(HOUR_MS, Math.max(SECOND_MS, wait)));
}

/** When the window that these headers tell of is used up: the instant it ends. */
export function exhaustedUntil(headers: Headers, now: Date): Date | undefined {
  return headers['x-rate-limit-remaining'] === '0' ? rateLimitReset(headers, now) : undefined;
}

/** What the client threw, as X's answer; undefined when no whole answer came. */
export function refusalOf(thrown: unknown): Refusal | undefined {
  if (!(thrown instanceof ApiResponseError)) return undefined;
  return { status: thrown.code, headers: thrown.headers, problem: Problem.parse(parseJson(thrown.data)) };
}

/** No answer, or none that can be read. `retryAt` is when the rate limit lets us ask again, if that answer used it up. */
export function unavailable(message: string, retryAt: Date | undefined): AppError {
  return new AppError('unavailable', message, retryAt === undefined ? {} : { retryAt });
}

/** Reads a body; undefined when it is no JSON, e.g. a proxy's page or cut short. */
export function parseJson(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return undefined;
  }
}

/** Names of the parameters that X refused; a fault without a list of them is read for the names it quotes. */
export function refusedParameters({ status, problem }: Refusal): readonly string[] {
  if (status !== 400) return [];
  return problem.errors.flatMap(({ parameters, message }) => {
    const names = Object.keys(parameters);
    return names.length > 0
      ? names
      : [...message.matchAll(/['"`]([a-z_.]{1,40})['"`]/g)].map(([, name]) => name ?? '');
  });
}

/** X's refusal as the poll acts on it. Holds none of X's free text, which may repeat what we sent. */
export function refusalFault(refusal: Refusal, now: Date): AppError {
  const { status, headers } = refusal;
  if (isCapped(refusal)) {
    return new AppError(
      'rate-limited',
      `The usage cap or the credits of the X account are used up (${status}): raise the cap or buy credits in the X developer console, or wait for its next billing cycle.`,
      { retryAt: new Date(now.getTime() + HOUR_MS) },
    );
  }
  if (status === 429) {
    const retryAt = rateLimitReset(headers, now);
    return new AppError('rate-limited', 'X lets this app read no more for now (429).', { retryAt });
  }
  if (status === 401) {
    return new AppError(
      'auth',
      'X refuses the token (401): set a valid bearer token of an app of the X developer console.',
    );
  }
  if (status === 403) {
    return new AppError(
      'auth',
      'X does not let this app read there (403): check in the X developer console that the app belongs to a project with access to the X API v2.',
    );
  }
  if (status === 404 || status === 410) {
    return new AppError(
      'not-found',
      `X knows no such address or user (${status}): check api_url and mentions_of.`,
    );
  }
  if (status >= 500 || status === 408 || status === 425) {
    const after = headers['retry-after'];
    const retryAt = typeof after === 'string' ? retryAtFrom(after, now) : exhaustedUntil(headers, now);
    return unavailable(`X is not available (${status}).`, retryAt);
  }
  const names = refusedParameters(refusal).filter((name) => /^[a-z_.]+$/.test(name));
  const about = names.length === 0 ? '' : `, about ${names.join(', ')}`;
  return new AppError(
    'invalid-input',
    `X refuses the request (${status}${about}): check the options of the source; a query can be tried in the X developer console.`,
  );
}

/** A call that got no whole answer. */
interface BrokenCall {
  readonly apiUrl: URL;
  readonly thrown: unknown;
  /** What happened to the connection, if that is known. */
  readonly broken: unknown;
  /** The deadline's signal, and the caller's. */
  readonly late: AbortSignal;
  readonly stop: AbortSignal;
}

/** Why no whole answer came. Carries no cause: the client's errors hold the request and with it the token. */
export function transportFault({ apiUrl, thrown, broken, late, stop }: BrokenCall, now: Date): AppError {
  const host = apiUrl.hostname;
  const headers = thrown instanceof ApiPartialResponseError ? thrown.response.headers : {};
  const retryAt = exhaustedUntil(headers, now);
  if (stop.aborted) return unavailable(`The call to ${host} was stopped before it was answered.`, retryAt);
  if (late.aborted) return unavailable(`${host} did not answer in time.`, retryAt);
  const code = broken instanceof Error && 'code' in broken ? String(broken.code) : 'answer cut short';
  if (code === REFUSED_ADDRESS) return refusedAddress(apiUrl);
  return unavailable(`The call to ${host} failed (${code}).`, retryAt);
}

/** Out of paid reads, which no reset of the rate limit helps: 402, or X's own name for a cap. */
function isCapped({ status, problem }: Refusal): boolean {
  if (status === 402) return true;
  const said = `${problem.type} ${problem.title} ${problem.detail}`;
  return (status === 429 || status === 403) && /usage[- ]?cap|spend[- ]?cap|credits/i.test(said);
}
