import { Button, Modal } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { PersonRow } from '../../contract/people.ts';
import { useApi } from '../api/use-api.ts';
import { Hidden } from '../ui/bits.tsx';
import { Card, Page } from '../ui/page.tsx';
import { waitingFor } from '../ui/states.tsx';
import table from '../ui/table.module.css';
import { dayName, moment } from '../ui/time.ts';
import { useChange } from '../ui/use-change.ts';
import { OnceShown } from './once-shown.tsx';
import { PersonForm } from './person-form.tsx';

/** Everybody who may sign in. */
export function PeoplePage(): ReactNode {
  const asked = useApi('listPeople', {});
  const [shown, setShown] = useState<PersonRow | 'new' | null>(null);
  const [link, setLink] = useState<string | null>(null);
  return (
    <Page
      title="People"
      lead="Who may sign in, and what they see."
      aside={<Button onClick={() => setShown('new')}>Add a person</Button>}
    >
      {link !== null && (
        <OnceShown
          title="Send this link to the person"
          lead="It works once and lets them choose a password. It is not shown again."
          value={link}
          onClose={() => setLink(null)}
        />
      )}
      {asked.data ? (
        <Card>
          <table className={table.table}>
            <thead>
              <tr>
                <th>Name</th>
                <th>Role</th>
                <th>Departments</th>
                <th>Last seen</th>
                <th>
                  <Hidden>Actions</Hidden>
                </th>
              </tr>
            </thead>
            <tbody>
              {asked.data.people.map((person) => (
                <PersonLine
                  key={person.id}
                  person={person}
                  onEdit={() => setShown(person)}
                  onLink={setLink}
                />
              ))}
            </tbody>
          </table>
        </Card>
      ) : (
        waitingFor(asked)
      )}
      <Modal
        opened={shown !== null}
        onClose={() => setShown(null)}
        title={shown === 'new' ? 'Add a person' : `Change ${shown?.name ?? ''}`}
      >
        {shown !== null && (
          <PersonForm
            person={shown === 'new' ? null : shown}
            onDone={(newLink) => {
              setShown(null);
              setLink(newLink);
            }}
          />
        )}
      </Modal>
    </Page>
  );
}

interface LineProps {
  readonly person: PersonRow;
  readonly onEdit: () => void;
  readonly onLink: (link: string) => void;
}

function PersonLine({ person, onEdit, onLink }: LineProps): ReactNode {
  const { id, name, email, role, departments, isReady, isDisabled, createdAt, lastSeenAt } = person;
  const { change, call } = useChange('listPeople');
  const invite = async (): Promise<string> => {
    const invitation = await call('invitePerson', { params: { id } });
    onLink(invitation.link);
    return `The old link of ${name} is void; the new one is above.`;
  };
  const setDisabled = async (): Promise<string> => {
    await call('changePerson', { params: { id }, body: { isDisabled: !isDisabled } });
    return isDisabled ? `${name} may sign in again.` : `${name} is signed out and may not sign in.`;
  };
  return (
    <tr>
      <th scope="row">
        {name}
        {isDisabled && <span className={table.quiet}> disabled</span>}
        <div className={table.quiet}>{email}</div>
      </th>
      <td data-label="Role">{role}</td>
      <td data-label="Departments">{departments.join(', ') || '–'}</td>
      <td data-label="Last seen">
        {lastSeenAt ? moment(lastSeenAt) : isReady ? 'never' : `invited ${dayName(createdAt.slice(0, 10))}`}
      </td>
      <td>
        <div className={table.tools}>
          <Button size="compact-xs" variant="default" aria-label={`Change ${name}`} onClick={onEdit}>
            Change
          </Button>
          <Button
            size="compact-xs"
            variant="default"
            aria-label={`New link for ${name}`}
            onClick={() => change(invite)}
          >
            New link
          </Button>
          <Button
            size="compact-xs"
            variant="default"
            aria-label={`${isDisabled ? 'Enable' : 'Disable'} ${name}`}
            onClick={() => change(setDisabled)}
          >
            {isDisabled ? 'Enable' : 'Disable'}
          </Button>
        </div>
      </td>
    </tr>
  );
}
