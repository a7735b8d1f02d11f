import { Button, CloseButton } from '@mantine/core';
import type { ReactNode } from 'react';
import type { DialogKind } from './action-dialog.tsx';
import css from './bulk-bar.module.css';

interface Props {
  readonly count: number;
  readonly onAccept: () => void;
  readonly onAsk: (kind: DialogKind) => void;
  readonly onClear: () => void;
}

/** What can be done with all selected cases at once. */
export function BulkBar({ count, onAccept, onAsk, onClear }: Props): ReactNode {
  return (
    <div className={css.bar} role="toolbar" aria-label="With the selected cases">
      <span className={css.count} role="status">
        {count} selected
      </span>
      <Button size="compact-sm" onClick={onAccept}>
        Accept
      </Button>
      <Button size="compact-sm" variant="default" onClick={() => onAsk('assign')}>
        Assign
      </Button>
      <Button size="compact-sm" variant="default" onClick={() => onAsk('snooze')}>
        Snooze
      </Button>
      <Button size="compact-sm" variant="default" onClick={() => onAsk('not-ours')}>
        Not ours
      </Button>
      <Button size="compact-sm" variant="default" onClick={() => onAsk('resolve')}>
        Resolve
      </Button>
      <CloseButton aria-label="Select none" size="sm" onClick={onClear} />
    </div>
  );
}
