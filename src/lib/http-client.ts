import { isIP } from 'node:net';
import { Agent, type Dispatcher, request as undiciRequest } from 'undici';
import {
  type AddressGuard,
  createAddressGuard,
  REFUSED_ADDRESS,
  type Reach,
  type Resolver,
} from './address-guard.ts';
import { AppError } from './app-error.ts';

interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD';
  /** Absolute http or https URL without user and password. */
  readonly url: string | URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly signal?: AbortSignal;
  /** Deadline of the whole exchange, from name lookup to the last byte read. Default 10 s. */
  readonly timeoutMs?: number;
  /** How much of the answer's body is read. Default 1 MB; 0 reads none and returns with the headers. */
  readonly maxBodyBytes?: number;
  /** Refuse plain http, except to an address of the allow-list. Default false. */
  readonly requireTls?: boolean;
}

export interface HttpAnswer {
  /** Whatever the far side said, 3xx included: redirects are never followed. */
  readonly status: number;
  /** Names in lower case; repeated headers joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body as UTF-8, at most `maxBodyBytes` of it. */
  readonly body: string;
  /** The same as it was sent: neither decompressed nor decoded. */
  readonly bytes: Buffer;
  /** True when the body was longer than what was read. */
  readonly truncated: boolean;
}

/**
 * Throws AppError: `invalid-input` when the URL may not be called (see AddressGuard), `unavailable` when no whole answer
 * came (refused, reset, unknown host, TLS, deadline, abort). Messages name the host and a code, never path, query,
 * headers or body, and carry no cause, because those may hold keys.
 */
export interface HttpClient {
  request(request: HttpRequest): Promise<HttpAnswer>;
  close(): Promise<void>;
}

interface HttpClientOptions {
  /** Networks that may be called though they are not public: CIDR blocks or addresses. */
  readonly privateNetworks: readonly string[];
  /** How names become addresses; default the operating system. */
  readonly resolve?: Resolver;
}

const DEFAULT_TIMEOUT_MS = 10_000;
const DEFAULT_MAX_BODY_BYTES = 1_000_000;

export function createHttpClient({ privateNetworks, resolve }: HttpClientOptions): HttpClient {
  const guard = createAddressGuard(
    resolve === undefined ? { privateNetworks } : { privateNetworks, resolve },
  );
  const agents = { public: agentFor(guard, 'public'), listed: agentFor(guard, 'listed') };

  return {
    async request(request) {
      const url = callableUrl(request.url);
      const reach = reachOf(url, request.requireTls ?? false);
      checkLiteral(url, reach, guard);
      const deadline = AbortSignal.timeout(request.timeoutMs ?? DEFAULT_TIMEOUT_MS);
      const signals = request.signal === undefined ? [deadline] : [deadline, request.signal];
      try {
        return await exchange(url, request, agents[reach], AbortSignal.any(signals));
      } catch (error) {
        throw failure(error, url, deadline.aborted, request.signal?.aborted ?? false);
      }
    },
    async close() {
      await Promise.all([agents.public.destroy(), agents.listed.destroy()]);
    },
  };
}

function agentFor(guard: AddressGuard, reach: Reach): Agent {
  return new Agent({ connect: { lookup: guard.lookup(reach) } });
}

function callableUrl(given: string | URL): URL {
  const url = URL.canParse(String(given)) ? new URL(given) : null;
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new AppError('invalid-input', 'Only absolute http and https addresses can be called.');
  }
  if (url.username !== '' || url.password !== '') {
    throw new AppError(
      'invalid-input',
      `The address on ${url.hostname} carries a user or password; take them out.`,
    );
  }
  return url;
}

/** An empty port is the scheme's own, 80 or 443; other ports are for listed networks only. */
function reachOf(url: URL, requireTls: boolean): Reach {
  const isUsualPort = url.port === '' || url.port === '80' || url.port === '443';
  const isPlain = url.protocol === 'http:';
  return isUsualPort && !(requireTls && isPlain) ? 'public' : 'listed';
}

function checkLiteral(url: URL, reach: Reach, guard: AddressGuard): void {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !guard.allows(host, reach)) throw refused(url);
}

async function exchange(
  url: URL,
  request: HttpRequest,
  dispatcher: Dispatcher,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  signal.throwIfAborted();
  const answer = await undiciRequest(url, {
    method: request.method,
    headers: { 'user-agent': 'earshot', ...request.headers },
    body: request.body ?? null,
    dispatcher,
    signal,
  });
  const { bytes, truncated } = await readUpTo(answer.body, request.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES);
  const headers = flatHeaders(answer.headers);
  return { status: answer.statusCode, headers, body: bytes.toString('utf8'), bytes, truncated };
}

async function readUpTo(
  body: Dispatcher.ResponseData['body'],
  maxBytes: number,
): Promise<{ bytes: Buffer; truncated: boolean }> {
  const chunks: Buffer[] = [];
  let size = 0;
  if (maxBytes > 0) {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > maxBytes) break;
    }
  }
  // Leaving early would otherwise keep the socket reading whatever the far side goes on sending.
  body.on('error', () => undefined).destroy();
  return { bytes: Buffer.concat(chunks).subarray(0, maxBytes), truncated: size > maxBytes };
}

function flatHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}

function refused(url: URL): AppError {
  return new AppError(
    'invalid-input',
    `${url.hostname} is not a public address that Earshot may call on this port; if it is meant, allow its network.`,
  );
}

function failure(error: unknown, url: URL, late: boolean, stopped: boolean): AppError {
  if (stopped)
    return new AppError('unavailable', `The call to ${url.hostname} was stopped before it was answered.`);
  if (late) return new AppError('unavailable', `${url.hostname} did not answer in time.`);
  const code = codeOf(error);
  if (code === REFUSED_ADDRESS) return refused(url);
  if (code === 'UND_ERR_INVALID_ARG')
    return new AppError('bug', `The call to ${url.hostname} was malformed.`);
  return new AppError('unavailable', `The call to ${url.hostname} failed (${code}).`);
}

/** undici wraps what happened while connecting; several addresses fail as one AggregateError. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const inner = error instanceof AggregateError ? error.errors[0] : error.cause;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return inner === undefined ? error.name : codeOf(inner);
}
