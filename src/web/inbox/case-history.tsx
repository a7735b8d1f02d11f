import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { CaseAction, CaseDetail } from '../../contract/cases.ts';
import { Age } from '../ui/bits.tsx';
import { moment } from '../ui/time.ts';
import { RESOLUTION_NAMES } from '../ui/words.ts';
import css from './case-detail.module.css';

type Event = CaseDetail['history'][number];

interface Props {
  readonly history: readonly Event[];
  readonly onUndo: (eventId: string) => void;
}

export function CaseHistory({ history, onUndo }: Props): ReactNode {
  if (history.length === 0) return null;
  const newest = history.at(-1);
  return (
    <section className={css.card}>
      <h3 className={css.heading}>History</h3>
      <ol className={css.list}>
        {history.map((event) => (
          <li key={event.id}>
            <span className={css.row}>
              <span>
                <strong>{event.by.name}</strong>{' '}
                {event.action === null ? 'took the last step back' : wordsOf(event.action, event)}
                {event.isUndone && ' (taken back)'}
              </span>
              <span className={css.quiet}>
                <Age at={event.at} />
              </span>
              {event.canUndo && event === newest && (
                <Button size="compact-xs" variant="default" onClick={() => onUndo(event.id)}>
                  Undo
                </Button>
              )}
            </span>
            {noteOf(event.action) && <p>{noteOf(event.action)}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}

function wordsOf(action: CaseAction, { assignee }: Event): string {
  switch (action.kind) {
    case 'accept':
      return 'accepted it';
    case 'assign':
      return assignee ? `assigned it to ${assignee.name}` : 'took it from whoever had it';
    case 'not-ours':
      return `passed it on to ${action.department}`;
    case 'snooze':
      return `snoozed it until ${moment(action.until)}`;
    case 'resolve':
      return `resolved it: ${RESOLUTION_NAMES[action.resolution].toLowerCase()}`;
    case 'reopen':
      return 'opened it again';
    case 'note':
      return 'noted';
    case 'correct':
      return `corrected a label to ${action.label.aspect}, ${action.label.polarity ?? 'no opinion'}`;
  }
}

function noteOf(action: CaseAction | null): string {
  if (action?.kind === 'note') return action.text;
  if (action?.kind === 'not-ours') return action.reason;
  return action?.kind === 'resolve' ? action.note : '';
}
