import { Button, Modal, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { Silence } from '../../contract/silences.ts';
import { useSignedIn } from '../api/session.ts';
import { useApi, useCall } from '../api/use-api.ts';
import { Hidden } from '../ui/bits.tsx';
import { FormError, useSubmit } from '../ui/form.tsx';
import { Card, Page } from '../ui/page.tsx';
import { EmptyState, waitingFor } from '../ui/states.tsx';
import table from '../ui/table.module.css';
import { dayOf, moment } from '../ui/time.ts';
import { useChange } from '../ui/use-change.ts';
import { count } from '../ui/words.ts';

/** What notifies nobody for a while, by whom and why. */
export function SilencesPage(): ReactNode {
  const asked = useApi('listSilences', { query: {} });
  const { me } = useSignedIn();
  const [isAdding, setAdding] = useState(false);
  const maySilence = me.role === 'admin' || me.role === 'lead';
  return (
    <Page
      title="Silences"
      lead="What they match stays in the inbox and notifies nobody until they end."
      aside={maySilence && <Button onClick={() => setAdding(true)}>Silence something</Button>}
    >
      {waitingFor(asked)}
      {asked.data?.silences.length === 0 && (
        <EmptyState title="Nothing is silenced">
          <p>A known outage, a planned price change: silence it, and say why.</p>
        </EmptyState>
      )}
      {asked.data && asked.data.silences.length > 0 && (
        <SilenceTable silences={asked.data.silences} mayEnd={maySilence} />
      )}
      <Modal opened={isAdding} onClose={() => setAdding(false)} title="Silence something">
        <SilenceForm department={me.departments[0] ?? 'sales'} onDone={() => setAdding(false)} />
      </Modal>
    </Page>
  );
}

function SilenceTable({
  silences,
  mayEnd,
}: {
  readonly silences: readonly Silence[];
  readonly mayEnd: boolean;
}): ReactNode {
  const { change, call } = useChange('listSilences');
  const end = (id: string) => async (): Promise<string> => {
    await call('endSilence', { params: { id } });
    return 'The silence is over; what it held back is notified if it is still open.';
  };
  return (
    <Card>
      <table className={table.table}>
        <thead>
          <tr>
            <th>What</th>
            <th>Until</th>
            <th>By</th>
            <th>Why</th>
            <th>Holds back</th>
            <th>
              <Hidden>Actions</Hidden>
            </th>
          </tr>
        </thead>
        <tbody>
          {silences.map(({ id, matchers, state, endsAt, author, reason, heldBack }) => (
            <tr key={id}>
              <th scope="row">{matchers}</th>
              <td data-label="Until">
                {state === 'expired' ? (
                  <span className={table.quiet}>ended {moment(endsAt)}</span>
                ) : (
                  moment(endsAt)
                )}
              </td>
              <td data-label="By">{author}</td>
              <td data-label="Why">{reason}</td>
              <td data-label="Holds back">{heldBack === 0 ? 'nothing' : count(heldBack, 'opinion')}</td>
              <td>
                {mayEnd && state !== 'expired' && (
                  <Button
                    size="compact-xs"
                    variant="default"
                    aria-label={`End the silence ${id}`}
                    onClick={() => change(end(id))}
                  >
                    End now
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

function SilenceForm({
  department,
  onDone,
}: {
  readonly department: string;
  readonly onDone: () => void;
}): ReactNode {
  const call = useCall();
  const client = useQueryClient();
  const [matchers, setMatchers] = useState(`dept:${department}`);
  const [duration, setDuration] = useState('2h');
  const [reason, setReason] = useState('');
  const [held, setHeld] = useState<string | null>(null);
  const { onSubmit: onTry, error: tryError } = useSubmit(async () => {
    const { from, muted } = await call('trySilence', { body: { matchers } });
    const opinions = count(muted.after - muted.before, 'opinion');
    setHeld(`Since ${dayOf(from)} it would have held back ${opinions}.`);
  });
  const { onSubmit, error, isBusy } = useSubmit(async () => {
    await call('addSilence', { body: { matchers, for: duration, reason } });
    await client.invalidateQueries({ queryKey: ['listSilences'] });
    onDone();
  });
  return (
    <form onSubmit={onSubmit}>
      <Stack>
        <FormError error={error ?? tryError} />
        <TextInput
          label="What"
          description="As in a search, e.g. dept:sales aspect:pricing account:Acme"
          required
          value={matchers}
          onChange={({ currentTarget }) => setMatchers(currentTarget.value)}
        />
        <div>
          <Button size="compact-xs" variant="default" onClick={onTry}>
            What would it hold back?
          </Button>
          <p role="status">{held}</p>
        </div>
        <TextInput
          label="For how long"
          description="30m, 2h or 7d"
          required
          value={duration}
          onChange={({ currentTarget }) => setDuration(currentTarget.value)}
        />
        <TextInput
          label="Why"
          required
          data-autofocus
          value={reason}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
        <Button type="submit" loading={isBusy}>
          Silence
        </Button>
      </Stack>
    </form>
  );
}
