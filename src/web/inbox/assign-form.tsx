import { Button, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import type { CaseAction, CaseRow } from '../../contract/cases.ts';
import { useSignedIn, useWorkspace } from '../api/session.ts';

interface Props {
  readonly cases: readonly CaseRow[];
  readonly onSend: (action: CaseAction) => void;
}

/** Members of the cases' departments, oneself first. */
export function AssignForm({ cases, onSend }: Props): ReactNode {
  const { me } = useSignedIn();
  const { departments } = useWorkspace();
  const concerned = departments.filter(({ name }) => cases.some(({ department }) => department === name));
  const members = concerned.flatMap(({ members }) => members);
  const common = [...new Map(members.map((person) => [person.id, person])).values()].filter(({ id }) =>
    concerned.every((department) => department.members.some((member) => member.id === id)),
  );
  const sorted = common.toSorted((a, b) => Number(b.id === me.id) - Number(a.id === me.id));
  return (
    <Stack gap="xs">
      {sorted.length === 0 && <p>No member belongs to the department of every case you chose.</p>}
      {sorted.map(({ id, name }, index) => (
        <Button
          key={id}
          variant={index === 0 ? 'filled' : 'default'}
          data-autofocus={index === 0 || undefined}
          onClick={() => onSend({ kind: 'assign', assignee: id })}
        >
          {id === me.id ? `${name} (me)` : name}
        </Button>
      ))}
      <Button variant="subtle" onClick={() => onSend({ kind: 'assign', assignee: null })}>
        Nobody
      </Button>
    </Stack>
  );
}
