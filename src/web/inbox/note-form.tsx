import { Button, Stack, Textarea } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { CaseAction } from '../../contract/cases.ts';

/** Words for colleagues; the customer never sees them. */
export function NoteForm({ onSend }: { readonly onSend: (action: CaseAction) => void }): ReactNode {
  const [text, setText] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '') onSend({ kind: 'note', text: text.trim() });
      }}
    >
      <Stack>
        <Textarea
          label="Note"
          description="For colleagues alone"
          required
          data-autofocus
          rows={4}
          maxLength={2_000}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button type="submit">Add the note</Button>
      </Stack>
    </form>
  );
}
