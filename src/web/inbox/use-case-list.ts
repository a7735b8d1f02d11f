import { type InfiniteData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Answer } from '../../contract/api.ts';
import type { CaseRow } from '../../contract/cases.ts';
import { callApi } from '../api/call.ts';
import { arrange, type ListedCase } from './arrange.ts';
import type { CaseFilter } from './place.ts';

type Pages = InfiniteData<Answer<'listCases'>, string | undefined>;

export interface CaseList {
  readonly rows: readonly ListedCase[];
  /** Cases that came in since the list was looked at. */
  readonly unseen: number;
  readonly asked: {
    readonly error: Error | null;
    readonly isPending: boolean;
    readonly refetch: () => unknown;
  };
  readonly more: (() => void) | null;
  /** Looks at the list anew. */
  readonly refresh: () => Promise<void>;
  /** Writes rows into the list before the server has answered, and takes out those that are null. The answer puts all back. */
  readonly patch: (changed: ReadonlyMap<string, CaseRow | null>) => () => void;
}

interface Held {
  readonly key: string;
  readonly rows: readonly CaseRow[];
}

/** The cases of one place of the inbox. Rows keep their place while the list is looked at, whatever the server has to tell. */
export function useCaseList(filter: CaseFilter): CaseList {
  const client = useQueryClient();
  const queryKey = ['listCases', filter] as const;
  const asked = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) =>
      callApi('listCases', { query: { ...filter, cursor: pageParam, limit: 50 } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
  const key = JSON.stringify(filter);
  const [held, setHeld] = useState<Held | null>(null);
  const fresh = asked.data?.pages.flatMap(({ cases }) => cases) ?? [];
  if (asked.data && held?.key !== key) setHeld({ key, rows: fresh });
  const { rows, unseen } = arrange(held?.key === key ? held.rows : fresh, fresh, asked.hasNextPage);

  return {
    rows,
    unseen,
    asked,
    more: asked.hasNextPage && !asked.isFetchingNextPage ? () => void asked.fetchNextPage() : null,
    refresh: async () => {
      await client.refetchQueries({ queryKey });
      setHeld(null);
    },
    patch: (changed) => {
      const before = client.getQueryData<Pages>(queryKey);
      const apply = (cases: readonly CaseRow[]): CaseRow[] =>
        cases.flatMap((row) => {
          const next = changed.get(row.id);
          return next === null ? [] : [next ?? row];
        });
      void client.cancelQueries({ queryKey });
      client.setQueryData<Pages>(
        queryKey,
        (data) =>
          data && { ...data, pages: data.pages.map((page) => ({ ...page, cases: apply(page.cases) })) },
      );
      setHeld({ key, rows: apply(rows) });
      return () => {
        client.setQueryData(queryKey, before);
        setHeld({ key, rows });
      };
    },
  };
}
