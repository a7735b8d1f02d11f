import type { HttpAnswer, HttpClient } from '../lib/http-client.ts';
import { callDestination } from './http-answer.ts';

const TIMEOUT_MS = 15_000;

interface RestCall {
  readonly signal: AbortSignal;
  /** Sent as JSON. */
  readonly body?: object;
  /** How much of the answer is read; 0 returns with its headers. */
  readonly maxBodyBytes: number;
}

/** Calls a path below `url` of an API that speaks JSON, as a tracker's. */
export type Rest = (method: 'GET' | 'POST', path: string, call: RestCall) => Promise<HttpAnswer>;

export function createRest(
  http: HttpClient,
  { url, headers }: { readonly url: string; readonly headers: Readonly<Record<string, string>> },
): Rest {
  return (method, path, { signal, body, maxBodyBytes }) =>
    callDestination(http, {
      method,
      url: `${url}${path}`,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body && { body: JSON.stringify(body) }),
      signal,
      timeoutMs: TIMEOUT_MS,
      maxBodyBytes,
      requireTls: true,
    });
}
