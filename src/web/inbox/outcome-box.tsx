import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { CaseAction, CaseRow } from '../../contract/cases.ts';
import { moment } from '../ui/time.ts';
import { RESOLUTION_NAMES } from '../ui/words.ts';
import type { DialogKind } from './action-dialog.tsx';
import css from './case-detail.module.css';

interface Props {
  readonly row: CaseRow;
  readonly onAsk: (kind: DialogKind) => void;
  readonly onSend: (action: CaseAction) => void;
}

/** What became of the case, or what is still to come. */
export function OutcomeBox({ row, onAsk, onSend }: Props): ReactNode {
  return (
    <section className={css.card}>
      <h3 className={css.heading}>Outcome</h3>
      <div className={css.row}>
        <p>{sentenceOf(row)}</p>
        {row.status === 'open' && (
          <Button size="compact-sm" onClick={() => onSend({ kind: 'accept' })}>
            Accept
          </Button>
        )}
        {row.status === 'accepted' && (
          <Button size="compact-sm" onClick={() => onAsk('resolve')}>
            Resolve
          </Button>
        )}
      </div>
    </section>
  );
}

function sentenceOf({ status, assignee, dueAt, snoozedUntil, resolution }: CaseRow): string {
  const due = dueAt ? ` Due ${moment(dueAt)}.` : '';
  switch (status) {
    case 'open':
      return `Nobody has accepted it yet.${due}`;
    case 'accepted':
      return `${assignee?.name ?? 'Somebody'} has it.${due}`;
    case 'snoozed':
      return `Rests until ${snoozedUntil ? moment(snoozedUntil) : 'later'}.`;
    case 'resolved':
      return `Resolved: ${resolution ? RESOLUTION_NAMES[resolution].toLowerCase() : 'without a word'}.`;
    case 'declined':
      return 'Passed on to another department.';
  }
}
