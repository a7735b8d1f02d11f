import { Button, Checkbox, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { PersonRow } from '../../contract/people.ts';
import { Me, type Role } from '../../contract/session.ts';
import { useWorkspace } from '../api/session.ts';
import { useCall } from '../api/use-api.ts';
import { FormError, useSubmit } from '../ui/form.tsx';

const Role = Me.shape.role;
const ROLE_WORDS: Readonly<Record<Role, string>> = {
  admin: 'administrator: everything',
  executive: 'executive: reads all departments',
  lead: 'lead: works departments and what is held back',
  agent: 'agent: works departments',
};

interface Props {
  /** Null: a new one. */
  readonly person: PersonRow | null;
  /** With the link of a new person. */
  readonly onDone: (link: string | null) => void;
}

export function PersonForm({ person, onDone }: Props): ReactNode {
  const call = useCall();
  const client = useQueryClient();
  const { departments: known } = useWorkspace();
  const [name, setName] = useState(person?.name ?? '');
  const [email, setEmail] = useState(person?.email ?? '');
  const [role, setRole] = useState<Role>(person?.role ?? 'agent');
  const [departments, setDepartments] = useState<string[]>(person?.departments ?? []);
  const { error, isBusy, onSubmit } = useSubmit(async () => {
    const body = { name, role, departments };
    const link = person
      ? (await call('changePerson', { params: { id: person.id }, body }), null)
      : (await call('addPerson', { body: { ...body, email } })).link;
    await client.invalidateQueries({ queryKey: ['listPeople'] });
    onDone(link);
  });
  return (
    <form onSubmit={onSubmit}>
      <Stack>
        <FormError error={error} />
        <TextInput
          label="Name"
          required
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {!person && (
          <TextInput
            label="E-mail"
            type="email"
            required
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
        )}
        <NativeSelect
          label="Role"
          data={Role.options.map((value) => ({ value, label: ROLE_WORDS[value] }))}
          value={role}
          onChange={(event) => setRole(Role.parse(event.currentTarget.value))}
        />
        <Checkbox.Group label="Departments" value={departments} onChange={setDepartments}>
          <Stack gap={6} mt={6}>
            {known.map((department) => (
              <Checkbox key={department.name} value={department.name} label={department.name} />
            ))}
          </Stack>
        </Checkbox.Group>
        <Button type="submit" loading={isBusy}>
          {person ? 'Change' : 'Add and make a link'}
        </Button>
      </Stack>
    </form>
  );
}
