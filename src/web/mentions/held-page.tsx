import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { callApi } from '../api/call.ts';
import { Page } from '../ui/page.tsx';
import { EmptyState, waitingFor } from '../ui/states.tsx';
import { HeldCard } from './held-card.tsx';

type HeldOutcome = 'quarantined' | 'unsure';

const WORDS = {
  quarantined: {
    title: 'Quarantine',
    lead: 'Spam and mail that machines wrote. It is counted in every digest and never deleted; release what a customer wrote.',
    empty: 'Nothing is in quarantine',
    hint: 'Spam and automatic mail land here. What you release goes on to the departments.',
  },
  unsure: {
    title: 'Unsure',
    lead: 'Messages whose opinion the model is not sure of. Say whether it was right, so that they reach the departments.',
    empty: 'The model is sure of all it heard',
    hint: 'Messages come here when its confidence is below the threshold in earshot.yaml.',
  },
} as const;

/** Messages that were held back from the departments, and what a person can decide on each. */
export function HeldPage({ outcome }: { readonly outcome: HeldOutcome }): ReactNode {
  const { title, lead, empty, hint } = WORDS[outcome];
  const asked = useInfiniteQuery({
    queryKey: ['listHeldMentions', { outcome }],
    queryFn: ({ pageParam, signal }) =>
      callApi('listHeldMentions', { query: { outcome, cursor: pageParam } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
  const mentions = asked.data?.pages.flatMap((page) => page.mentions) ?? [];
  return (
    <Page title={title} lead={lead}>
      {waitingFor(asked)}
      {asked.data && mentions.length === 0 && (
        <EmptyState title={empty}>
          <p>{hint}</p>
        </EmptyState>
      )}
      {mentions.map((mention) => (
        <HeldCard key={mention.mentionId} mention={mention} />
      ))}
      {asked.hasNextPage && (
        <Button
          variant="default"
          loading={asked.isFetchingNextPage}
          onClick={() => void asked.fetchNextPage()}
        >
          Show older messages
        </Button>
      )}
    </Page>
  );
}
