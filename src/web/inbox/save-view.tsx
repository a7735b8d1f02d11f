import { Button, Checkbox, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useCall } from '../api/use-api.ts';
import { FormError, useSubmit } from '../ui/form.tsx';

/** Keeps a search under a name; it then stands beside the list. */
export function SaveView({ q }: { readonly q: string }): ReactNode {
  const call = useCall();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [isShared, setShared] = useState(false);
  const [isKept, setKept] = useState(false);
  const { onSubmit, error, isBusy } = useSubmit(async () => {
    await call('addView', { body: { name, q, isShared } });
    await client.invalidateQueries({ queryKey: ['listViews'] });
    setKept(true);
  });
  if (isKept) return <p role="status">Saved: {name} stands beside the list.</p>;
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="xs">
        <FormError error={error} />
        <TextInput
          label="Name of the view"
          required
          maxLength={60}
          size="xs"
          data-autofocus
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <Checkbox
          label="Everybody sees it"
          size="xs"
          checked={isShared}
          onChange={({ currentTarget }) => setShared(currentTarget.checked)}
        />
        <Button type="submit" size="xs" loading={isBusy}>
          Save view
        </Button>
      </Stack>
    </form>
  );
}
