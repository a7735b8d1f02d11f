import type { z } from 'zod';
import {
  type Answer,
  API,
  type Body,
  type EndpointName,
  type Params,
  type Query,
} from '../../contract/api.ts';
import { ErrorBody } from '../../contract/common.ts';
import { CSRF_HEADER, type Endpoint } from '../../contract/endpoint.ts';

type Part<Key extends string, Value> = undefined extends Value
  ? { readonly [K in Key]?: undefined }
  : { readonly [K in Key]: Value };

/** What a call sends, in the contract's words. */
export type Input<Name extends EndpointName> = Part<'params', Params<Name>> &
  Part<'query', Query<Name>> &
  Part<'body', Body<Name>>;

export type ErrorKind = z.infer<typeof ErrorBody>['error']['kind'];

/** A call that came to nothing; the message is for people. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly kind: ErrorKind;

  constructor(kind: ErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}

/** Asks one endpoint. Throws {@link ApiError} for every answer but a good one, and for none at all. */
export async function callApi<Name extends EndpointName>(
  name: Name,
  input: Input<Name>,
  { csrfToken = '', signal = null }: { csrfToken?: string | undefined; signal?: AbortSignal | null } = {},
): Promise<Answer<Name>> {
  const endpoint: Endpoint = API[name];
  const {
    params = {},
    query = {},
    body,
  } = input as {
    params?: Readonly<Record<string, string>>;
    query?: object;
    body?: unknown;
  };
  const isChange = endpoint.method !== 'get';
  const response = await fetch(addressOf(endpoint.path, params, query), {
    method: endpoint.method.toUpperCase(),
    headers: {
      Accept: 'application/json',
      ...(isChange && { [CSRF_HEADER]: csrfToken }),
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal,
  }).catch((cause: unknown) => {
    throw new ApiError('unavailable', 'Earshot does not answer. Check your connection and try again.', {
      cause,
    });
  });
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) throw errorOf(answer, response.status);
  return endpoint.answer.parse(answer) as Answer<Name>;
}

function addressOf(path: string, params: Readonly<Record<string, string>>, query: object): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query))
    if (value !== undefined && value !== '') search.set(key, String(value));
  const filled = path.replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(params[key] ?? ''));
  return search.size === 0 ? filled : `${filled}?${search.toString()}`;
}

function errorOf(answer: unknown, status: number): ApiError {
  const parsed = ErrorBody.safeParse(answer);
  if (parsed.success) return new ApiError(parsed.data.error.kind, parsed.data.error.message);
  return new ApiError('unavailable', `Earshot answered with ${status}. Try again in a moment.`);
}
