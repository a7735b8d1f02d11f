import { TwitterApi } from 'twitter-api-v2';
import type { AppError } from '../../lib/app-error.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Secret } from '../../lib/secret.ts';
import {
  exhaustedUntil,
  parseJson,
  refusalFault,
  refusalOf,
  refusedParameters,
  transportFault,
} from './api-fault.ts';
import { guardedAgent } from './guarded-agent.ts';

/** What X answered: a body that nobody checked yet, or the parameters it refused. */
export type XAnswer = {
  /** The next call may not come before; set when this one used up the window. */
  readonly retryAt?: Date;
} & ({ readonly body: unknown } | { readonly refused: readonly string[]; readonly fault: AppError });

/** X API v2, one call at a time. Throws AppError for everything but a body and a refused parameter. */
export interface XApi {
  get(path: string, query: Readonly<Record<string, string>>, signal: AbortSignal): Promise<XAnswer>;
  close(): void;
}

interface XApiOptions {
  readonly apiUrl: string;
  readonly token: Secret;
  readonly privateNetworks: readonly string[];
  readonly now: Clock;
  /** Deadline of a whole call. */
  readonly timeoutMs: number;
}

/**
 * Speaks through twitter-api-v2, but never through its paginators: they end in silence at a used-up rate limit and at an empty
 * page. It has no deadline and takes no signal, so both reach its request by a plug-in; and no compression is asked for, because
 * an answer that breaks inside the decoder would hang it or end the process.
 */
export function openXApi({ apiUrl, token, privateNetworks, now, timeoutMs }: XApiOptions): XApi {
  const url = new URL(apiUrl);
  const prefix = `${url.origin}${url.pathname.replace(/\/+$/, '')}/2/`;
  const httpAgent = guardedAgent(url, privateNetworks);

  return {
    async get(path, query, stop) {
      const late = AbortSignal.timeout(timeoutMs);
      let broken: unknown;
      const client = new TwitterApi(token.reveal(), {
        httpAgent,
        compression: false,
        plugins: [
          {
            onBeforeRequest({ params, requestOptions }) {
              requestOptions.signal = AbortSignal.any([late, stop]);
              // The error it throws has lost what happened to the connection.
              params.requestEventDebugHandler = (event, { requestError } = {}) => {
                if (event === 'request-error') broken = requestError;
              };
            },
          },
        ],
      });
      try {
        const { data, headers } = await client.v2.get<unknown>(path, query, {
          fullResponse: true,
          prefix,
          // Its own parser trusts what it finds in an error's body and would end the process over a bad one.
          forceParseMode: 'text',
        });
        return { body: parseJson(data), ...retry(exhaustedUntil(headers, now())) };
      } catch (thrown) {
        const refusal = refusalOf(thrown);
        if (refusal === undefined) throw transportFault({ apiUrl: url, thrown, broken, late, stop }, now());
        const fault = refusalFault(refusal, now());
        const refused = refusedParameters(refusal);
        if (refused.length === 0) throw fault;
        return { refused, fault, ...retry(exhaustedUntil(refusal.headers, now())) };
      }
    },
    close: () => httpAgent.destroy(),
  };
}

function retry(retryAt: Date | undefined): { readonly retryAt?: Date } {
  return retryAt === undefined ? {} : { retryAt };
}
