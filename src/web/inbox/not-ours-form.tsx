import { Button, NativeSelect, Stack, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { CaseAction, CaseRow } from '../../contract/cases.ts';
import { useWorkspace } from '../api/session.ts';

interface Props {
  readonly cases: readonly CaseRow[];
  readonly onSend: (action: CaseAction) => void;
}

/** Whose it is, and why: the other department reads it. */
export function NotOursForm({ cases, onSend }: Props): ReactNode {
  const { departments } = useWorkspace();
  const others = departments
    .map(({ name }) => name)
    .filter((name) => !cases.some(({ department }) => department === name));
  const [department, setDepartment] = useState('');
  const [reason, setReason] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSend({ kind: 'not-ours', department, reason: reason.trim() });
      }}
    >
      <Stack>
        <NativeSelect
          label="Whose is it?"
          required
          data-autofocus
          data={[{ value: '', label: 'Choose a department' }, ...others]}
          value={department}
          onChange={(event) => setDepartment(event.currentTarget.value)}
        />
        <TextInput
          label="Why?"
          description="The other department reads it"
          required
          pattern=".*\S.*"
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Button type="submit">Pass on</Button>
      </Stack>
    </form>
  );
}
