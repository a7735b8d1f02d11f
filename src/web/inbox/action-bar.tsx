import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { CaseAction, CaseRow } from '../../contract/cases.ts';
import { useSignedIn } from '../api/session.ts';
import type { DialogKind } from './action-dialog.tsx';
import css from './case-detail.module.css';

interface Props {
  readonly row: CaseRow;
  readonly onAsk: (kind: DialogKind) => void;
  readonly onSend: (action: CaseAction) => void;
}

/** What can be done with the open case, each with its key. */
export function ActionBar({ row: { status }, onAsk, onSend }: Props): ReactNode {
  const { me } = useSignedIn();
  if (me.role === 'executive')
    return (
      <div className={css.actions}>
        <Asking kind="not-ours" name="Decide whose it is" hint="3" onAsk={onAsk} />
      </div>
    );
  if (status === 'resolved' || status === 'declined')
    return (
      <div className={css.actions}>
        {status === 'resolved' && (
          <Button size="compact-sm" variant="default" onClick={() => onSend({ kind: 'reopen' })}>
            Open again
          </Button>
        )}
        <Asking kind="note" name="Note" hint="n" onAsk={onAsk} />
      </div>
    );
  return (
    <div className={css.actions}>
      {status !== 'accepted' && (
        <Button size="compact-sm" onClick={() => onSend({ kind: 'accept' })}>
          Accept<kbd className={css.key}>1</kbd>
        </Button>
      )}
      <Asking kind="resolve" name="Resolve" hint="e" isMain={status === 'accepted'} onAsk={onAsk} />
      <Asking kind="assign" name="Assign" hint="a" onAsk={onAsk} />
      <Asking kind="snooze" name="Snooze" hint="h" onAsk={onAsk} />
      <Asking kind="not-ours" name="Not ours" hint="3" onAsk={onAsk} />
      <Asking kind="note" name="Note" hint="n" onAsk={onAsk} />
    </div>
  );
}

interface AskingProps {
  readonly kind: DialogKind;
  readonly name: string;
  readonly hint: string;
  readonly isMain?: boolean;
  readonly onAsk: (kind: DialogKind) => void;
}

function Asking({ kind, name, hint, isMain = false, onAsk }: AskingProps): ReactNode {
  return (
    <Button size="compact-sm" variant={isMain ? 'filled' : 'default'} onClick={() => onAsk(kind)}>
      {name}
      <kbd className={css.key}>{hint}</kbd>
    </Button>
  );
}
