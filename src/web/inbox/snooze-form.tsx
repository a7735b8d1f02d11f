import { Button, Divider, Stack, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { CaseAction } from '../../contract/cases.ts';
import { useNow } from '../ui/now.tsx';
import { moment, morning } from '../ui/time.ts';

/** Until when the case may rest. */
export function SnoozeForm({ onSend }: { readonly onSend: (action: CaseAction) => void }): ReactNode {
  const [day, setDay] = useState('');
  const now = new Date(useNow());
  const tomorrow = morning('tomorrow', now);
  const monday = morning('monday', now);
  const until = (date: Date): void => onSend({ kind: 'snooze', until: date.toISOString() });
  return (
    <Stack gap="xs">
      <Button variant="default" data-autofocus onClick={() => until(tomorrow)}>
        Until tomorrow, {moment(tomorrow.toISOString())}
      </Button>
      <Button variant="default" onClick={() => until(monday)}>
        Until Monday, {moment(monday.toISOString())}
      </Button>
      <Divider my="xs" />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          until(new Date(`${day}T08:00:00`));
        }}
      >
        <Stack gap="xs">
          <TextInput
            type="date"
            label="Until the morning of"
            required
            min={tomorrow.toISOString().slice(0, 10)}
            value={day}
            onChange={(event) => setDay(event.currentTarget.value)}
          />
          <Button type="submit">Snooze</Button>
        </Stack>
      </form>
    </Stack>
  );
}
