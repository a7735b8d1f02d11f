import { Alert, Button, CopyButton, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import table from '../ui/table.module.css';

interface Props {
  readonly title: string;
  readonly lead: string;
  readonly value: string;
  readonly onClose: () => void;
}

/** A link or key that is told this once. */
export function OnceShown({ title, lead, value, onClose }: Props): ReactNode {
  return (
    <Alert title={title} variant="light" withCloseButton closeButtonLabel="Close" onClose={onClose}>
      <p>{lead}</p>
      <div className={table.tools}>
        <TextInput
          readOnly
          aria-label={title}
          value={value}
          flex="1 1 240px"
          onFocus={(event) => event.target.select()}
        />
        <CopyButton value={value}>
          {({ copied, copy }) => <Button onClick={copy}>{copied ? 'Copied' : 'Copy'}</Button>}
        </CopyButton>
      </div>
    </Alert>
  );
}
