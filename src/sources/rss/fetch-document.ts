import { AppError } from '../../lib/app-error.ts';
import { retryAtFrom } from '../../lib/backoff.ts';
import type { HttpAnswer } from '../../lib/http-client.ts';
import type { SourceDeps } from '../plug-in.ts';
import { MAX_DOCUMENT_BYTES, type SentDocument } from './decode.ts';
import { LONGEST_WAIT_MS } from './freshness.ts';

const MAX_REDIRECTS = 5;
const TIMEOUT_MS = 30_000;

/** What a server gave: a document, or null for "not changed". */
export interface Fetched {
  readonly document: SentDocument | null;
  readonly headers: HttpAnswer['headers'];
  /** Where the document stood in the end. */
  readonly url: string;
  /** The address that every request should name from now on, if the server says that there is another. */
  readonly movedTo?: string;
}

/** `ETag` and `Last-Modified` of the copy we know. */
export interface Validators {
  readonly etag?: string | undefined;
  readonly modified?: string | undefined;
}

/**
 * Fetches a document, only if it changed since the validators; follows five redirects, each of which passes the guard. Throws
 * AppError whose message names the host alone: the rest of a feed's address may be a secret.
 */
export async function fetchDocument(
  url: string,
  known: Validators,
  { http, now }: Pick<SourceDeps, 'http' | 'now'>,
  signal: AbortSignal,
): Promise<Fetched> {
  let at = url;
  let movedTo: string | undefined;
  let isMovedForGood = true;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    const answer = await http.request({
      method: 'GET',
      url: at,
      headers: {
        accept:
          'application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5',
        'accept-encoding': 'gzip, br',
        ...(known.etag !== undefined && { 'if-none-match': known.etag }),
        ...(known.modified !== undefined && { 'if-modified-since': known.modified }),
      },
      signal,
      timeoutMs: TIMEOUT_MS,
      maxBodyBytes: MAX_DOCUMENT_BYTES,
    });
    const next = redirectOf(answer, at);
    if (next === undefined) return { ...taken(answer, at, now()), ...(movedTo !== undefined && { movedTo }) };
    // Only a chain that is permanent from its first link on moves the address itself.
    isMovedForGood &&= answer.status === 301 || answer.status === 308;
    if (isMovedForGood) movedTo = next;
    at = next;
  }
  throw new AppError(
    'invalid-input',
    `${hostOf(url)} redirects more than ${MAX_REDIRECTS} times: name where the feed is`,
  );
}

function redirectOf({ status, headers }: HttpAnswer, from: string): string | undefined {
  if (![301, 302, 303, 307, 308].includes(status)) return undefined;
  const location = headers.location ?? '';
  if (location === '' || !URL.canParse(location, from))
    throw new AppError('unavailable', `${hostOf(from)} answered ${status} without saying where to`);
  return new URL(location, from).href;
}

function taken(answer: HttpAnswer, url: string, now: Date): Omit<Fetched, 'movedTo'> {
  const { status, headers, bytes, truncated } = answer;
  if (status === 304) return { document: null, headers, url };
  if (status !== 200) throw refusal(answer, url, now);
  if (truncated) throw new AppError('invalid-input', `the document on ${hostOf(url)} is larger than 5 MB`);
  if (bytes.length === 0) throw new AppError('unavailable', `${hostOf(url)} answered with an empty document`);
  const document = { bytes, packing: headers['content-encoding'] ?? '', type: headers['content-type'] ?? '' };
  return { document, headers, url };
}

function refusal({ status, headers }: HttpAnswer, url: string, now: Date): AppError {
  const what = `${hostOf(url)} answered ${status}`;
  const retryAt = retryAtFrom(headers['retry-after'], now, LONGEST_WAIT_MS);
  if (status === 429) return new AppError('rate-limited', `${what}: it is asked too often`, { retryAt });
  if (status === 401 || status === 403 || status === 407)
    return new AppError('auth', `${what}: it does not give the feed to us, check that the address is public`);
  if (status === 404 || status === 410)
    return new AppError(
      'not-found',
      `${what}: there is no feed at this address${status === 410 ? ' any more' : ''}`,
    );
  if (status >= 400 && status < 500 && status !== 408 && status !== 425)
    return new AppError('invalid-input', `${what}: check the address of the feed`);
  return new AppError('unavailable', what, headers['retry-after'] === undefined ? {} : { retryAt });
}

function hostOf(url: string): string {
  return new URL(url).host;
}
