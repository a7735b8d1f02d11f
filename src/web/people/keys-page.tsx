import { Button, Checkbox, Modal, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { KeyRow } from '../../contract/people.ts';
import { useApi, useCall } from '../api/use-api.ts';
import { Hidden } from '../ui/bits.tsx';
import { FormError, useSubmit } from '../ui/form.tsx';
import { Card, Page } from '../ui/page.tsx';
import { EmptyState, waitingFor } from '../ui/states.tsx';
import table from '../ui/table.module.css';
import { moment } from '../ui/time.ts';
import { useChange } from '../ui/use-change.ts';
import { OnceShown } from './once-shown.tsx';

const Scope = KeyRow.shape.scopes.element;
const SCOPE_WORDS = { intake: 'intake: push messages', read: 'read: read what an executive reads' } as const;

/** Keys by which other systems push and read. */
export function KeysPage(): ReactNode {
  const asked = useApi('listKeys', {});
  const [isAdding, setAdding] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  return (
    <Page
      title="API keys"
      lead="For other systems that push messages or read."
      aside={<Button onClick={() => setAdding(true)}>Make a key</Button>}
    >
      {secret !== null && (
        <OnceShown
          title="Keep this key"
          lead="It is not shown again."
          value={secret}
          onClose={() => setSecret(null)}
        />
      )}
      {waitingFor(asked)}
      {asked.data?.keys.length === 0 && (
        <EmptyState title="There is no key yet">
          <p>Make one of scope “intake” to push messages from another system.</p>
        </EmptyState>
      )}
      {asked.data && asked.data.keys.length > 0 && <KeyTable keys={asked.data.keys} />}
      <Modal opened={isAdding} onClose={() => setAdding(false)} title="Make a key">
        <KeyForm
          onDone={(key) => {
            setAdding(false);
            setSecret(key);
          }}
        />
      </Modal>
    </Page>
  );
}

function KeyTable({ keys }: { readonly keys: readonly KeyRow[] }): ReactNode {
  const { change, call } = useChange('listKeys');
  const revoke = (id: string, name: string) => async (): Promise<string> => {
    await call('revokeKey', { params: { id } });
    return `The key ${name} is revoked for good.`;
  };
  return (
    <Card>
      <table className={table.table}>
        <thead>
          <tr>
            <th>Name</th>
            <th>Scopes</th>
            <th>Made</th>
            <th>Last used</th>
            <th>
              <Hidden>Actions</Hidden>
            </th>
          </tr>
        </thead>
        <tbody>
          {keys.map(({ id, name, scopes, createdAt, lastUsedAt, revokedAt }) => (
            <tr key={id}>
              <th scope="row">{name}</th>
              <td data-label="Scopes">{scopes.join(', ')}</td>
              <td data-label="Made">{moment(createdAt)}</td>
              <td data-label="Last used">{lastUsedAt ? moment(lastUsedAt) : 'never'}</td>
              <td>
                {revokedAt ? (
                  <span className={table.quiet}>revoked {moment(revokedAt)}</span>
                ) : (
                  <Button
                    size="compact-xs"
                    variant="default"
                    aria-label={`Revoke ${name}`}
                    onClick={() => change(revoke(id, name))}
                  >
                    Revoke
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

function KeyForm({ onDone }: { readonly onDone: (key: string) => void }): ReactNode {
  const call = useCall();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<string[]>(['intake']);
  const { error, isBusy, onSubmit } = useSubmit(async () => {
    const { key } = await call('addKey', {
      body: { name, scopes: scopes.map((scope) => Scope.parse(scope)) },
    });
    await client.invalidateQueries({ queryKey: ['listKeys'] });
    onDone(key);
  });
  return (
    <form onSubmit={onSubmit}>
      <Stack>
        <FormError error={error} />
        <TextInput
          label="Name"
          description="Which system uses it"
          required
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Checkbox.Group label="It may" value={scopes} onChange={setScopes}>
          <Stack gap={6} mt={6}>
            {Scope.options.map((scope) => (
              <Checkbox key={scope} value={scope} label={SCOPE_WORDS[scope]} />
            ))}
          </Stack>
        </Checkbox.Group>
        <Button type="submit" loading={isBusy} disabled={scopes.length === 0}>
          Make the key
        </Button>
      </Stack>
    </form>
  );
}
