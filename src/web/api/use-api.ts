import {
  QueryCache,
  QueryClient,
  type UseQueryResult,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Answer, EndpointName } from '../../contract/api.ts';
import type { Session } from '../../contract/session.ts';
import { ApiError, callApi, type Input } from './call.ts';

const SESSION_KEY = ['getSession', {}] as const;

/** An answer that says "sign in first" makes the session be asked for again, which shows the sign-in page. */
function askWhoIsSignedIn(client: QueryClient, error: unknown): void {
  if (error instanceof ApiError && error.kind === 'auth')
    void client.invalidateQueries({ queryKey: SESSION_KEY });
}

export function makeQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => askWhoIsSignedIn(client, error),
    }),
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: (count, error) => count < 2 && error instanceof ApiError && error.kind === 'unavailable',
      },
    },
  });
  return client;
}

/** What an endpoint answers, kept fresh. */
export function useApi<Name extends EndpointName>(
  name: Name,
  input: Input<Name>,
  options: { readonly isOff?: boolean; readonly refreshEvery?: number } = {},
): UseQueryResult<Answer<Name>> {
  return useQuery({
    queryKey: [name, input],
    queryFn: ({ signal }) => callApi(name, input, { signal }),
    enabled: !options.isOff,
    refetchInterval: options.refreshEvery ?? false,
  });
}

export type Call = <Name extends EndpointName>(name: Name, input: Input<Name>) => Promise<Answer<Name>>;

/** Calls an endpoint that changes something, with the session's token. */
export function useCall(): Call {
  const client = useQueryClient();
  return useCallback(
    async (name, input) => {
      try {
        return await callApi(name, input, {
          csrfToken: client.getQueryData<Session>(SESSION_KEY)?.csrfToken,
        });
      } catch (error) {
        askWhoIsSignedIn(client, error);
        throw error;
      }
    },
    [client],
  );
}

/** Takes over what signing in or out answered; nothing of the person before is kept. */
export function useSessionChange(): (session: Session | null) => void {
  const client = useQueryClient();
  return useCallback(
    (session) => {
      if (session === null) return void client.resetQueries();
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION_KEY[0] });
      client.setQueryData(SESSION_KEY, session);
    },
    [client],
  );
}
