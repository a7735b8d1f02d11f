import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { CaseAction, CaseRow } from '../../contract/cases.ts';
import { useApi, useCall } from '../api/use-api.ts';
import { TallyText } from '../ui/bits.tsx';
import { FormError, wordsOf } from '../ui/form.tsx';
import { casePath } from '../ui/links.ts';
import { Card, Page } from '../ui/page.tsx';
import { EmptyState, waitingFor } from '../ui/states.tsx';
import { useToast } from '../ui/toasts.tsx';
import { capital, STATUS_NAMES } from '../ui/words.ts';
import { NotOursForm } from './not-ours-form.tsx';
import { toldOf } from './predict.ts';
import { SnoozeForm } from './snooze-form.tsx';

const ASKS = { accept: 'Accept this case?', 'not-ours': 'Not ours?', snooze: 'Snooze this case?' } as const;
type Asked = keyof typeof ASKS;

/** Where a button of a department's digest leads: it shows the case and asks. Nothing happens before somebody says so here. */
export function ConfirmPage({ id, action }: { readonly id: string; readonly action: string }): ReactNode {
  const asked = useApi('getCase', { params: { id } });
  if (!(action in ASKS))
    return (
      <Page title="Nothing here">
        <EmptyState title="There is no such button" />
      </Page>
    );
  const found = asked.data?.case;
  return (
    <Page title={ASKS[action as Asked]}>
      {found ? <Confirm found={found} action={action as Asked} /> : waitingFor(asked)}
    </Page>
  );
}

function Confirm({ found, action }: { readonly found: CaseRow; readonly action: Asked }): ReactNode {
  const call = useCall();
  const client = useQueryClient();
  const toast = useToast();
  const [, go] = useLocation();
  const [error, setError] = useState<string | null>(null);
  const send = async (wanted: CaseAction): Promise<void> => {
    setError(null);
    try {
      await call('actOnCase', { params: { id: found.id }, body: { version: found.version, action: wanted } });
      await client.invalidateQueries();
      toast({ text: toldOf(wanted, 1) });
      go(casePath(found.id));
    } catch (thrown) {
      setError(wordsOf(thrown));
    }
  };
  const { quote, status, department, tally, assignee } = found;
  return (
    <>
      <Card title={`${capital(department)}, case ${found.id}`}>
        {quote && <p>{quote.text === null ? 'Its words were erased.' : `“${quote.text}”`}</p>}
        <p>
          <TallyText tally={tally} /> · {STATUS_NAMES[status]}
          {assignee ? `, with ${assignee.name}` : ''}
        </p>
        <p>
          <Link href={casePath(found.id)}>Look at it in the inbox</Link>
        </p>
      </Card>
      <Card>
        <FormError error={error} />
        {action === 'accept' && (
          <Button onClick={() => void send({ kind: 'accept' })} data-autofocus>
            Accept
          </Button>
        )}
        {action === 'not-ours' && <NotOursForm cases={[found]} onSend={(wanted) => void send(wanted)} />}
        {action === 'snooze' && <SnoozeForm onSend={(wanted) => void send(wanted)} />}
      </Card>
    </>
  );
}
