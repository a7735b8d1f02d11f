import { Checkbox } from '@mantine/core';
import type { ReactNode } from 'react';
import type { DeliveryRow } from '../../contract/operations.ts';
import table from '../ui/table.module.css';
import { moment } from '../ui/time.ts';
import { count } from '../ui/words.ts';
import css from './sources-page.module.css';

const STATES = {
  pending: { name: 'waiting', looks: 'idle' },
  sending: { name: 'being sent', looks: 'idle' },
  delivered: { name: 'delivered', looks: 'ok' },
  dead: { name: 'gave up', looks: 'failing' },
} as const;

interface Props {
  readonly delivery: DeliveryRow;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

export function DeliveryLine({ delivery, isChosen, onChoose }: Props): ReactNode {
  const { subject, kind, receiver, integration, number, status, attempts, createdAt, dueAt, deliveredAt } =
    delivery;
  const { lastError, possibleRepeat, messageId } = delivery;
  return (
    <tr>
      <td>
        <Checkbox
          size="sm"
          aria-label={`Choose ${subject}`}
          disabled={status !== 'dead' && status !== 'delivered'}
          checked={isChosen}
          onChange={onChoose}
        />
      </td>
      <th scope="row">
        {subject}
        <div className={table.quiet} title={messageId}>
          {kind}
        </div>
      </th>
      <td data-label="To">
        <span>
          {receiver} <span className={`${table.quiet} ${table.line}`}>{`${integration} ${number + 1}`}</span>
        </span>
      </td>
      <td data-label="State">
        <div>
          <span className={css.state} data-state={STATES[status].looks}>
            {STATES[status].name}
          </span>{' '}
          <span className={`${table.quiet} ${table.line}`}>
            {count(attempts, 'attempt')}
            {possibleRepeat && ', may have arrived twice'}
          </span>
          {lastError && <div className={table.quiet}>{lastError}</div>}
        </div>
      </td>
      <td data-label="When">
        <span>
          {moment(deliveredAt ?? createdAt)}
          {status === 'pending' && <span className={table.quiet}> due {moment(dueAt)}</span>}
        </span>
      </td>
    </tr>
  );
}
