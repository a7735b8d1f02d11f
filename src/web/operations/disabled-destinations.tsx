import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { DisabledDestination } from '../../contract/operations.ts';
import { callApi } from '../api/call.ts';
import { useCall } from '../api/use-api.ts';
import { wordsOf } from '../ui/form.tsx';
import { useToast } from '../ui/toasts.tsx';

/** Says which destinations are switched off, and lets them be switched on again; nothing while all are on. */
export function DisabledDestinations(): ReactNode {
  const { data } = useQuery({
    queryKey: ['listDisabledDestinations'],
    queryFn: ({ signal }) => callApi('listDisabledDestinations', {}, { signal }),
  });
  if (!data || data.destinations.length === 0) return null;
  return (
    <Alert color="red" title="Nothing is sent there any more" mb="md">
      <Stack gap="sm">
        {data.destinations.map((destination) => (
          <Line key={nameOf(destination)} destination={destination} />
        ))}
      </Stack>
    </Alert>
  );
}

function Line({ destination }: { readonly destination: DisabledDestination }): ReactNode {
  const call = useCall();
  const client = useQueryClient();
  const toast = useToast();
  const { receiver, integration, number, reason, waiting } = destination;
  const { mutate, isPending } = useMutation({
    mutationFn: () => call('enableDestination', { body: { receiver, integration, number } }),
    onError: (error) => toast({ kind: 'error', text: wordsOf(error) }),
    onSettled: () => client.invalidateQueries(),
  });
  return (
    <Group justify="space-between" gap="sm">
      <Text size="sm">
        <b>{nameOf(destination)}</b> answered “{reason}”. {waiting} waiting.
      </Text>
      <Button size="compact-sm" variant="default" loading={isPending} onClick={() => mutate()}>
        Switch on again
      </Button>
    </Group>
  );
}

function nameOf({ receiver, integration, number }: DisabledDestination): string {
  return `${receiver}/${integration}/${number}`;
}
