import { Button, Radio, Stack, Textarea } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { CaseAction, Resolution } from '../../contract/cases.ts';
import { RESOLUTION_NAMES } from '../ui/words.ts';

const RESOLUTIONS = Object.entries(RESOLUTION_NAMES) as [Resolution, string][];

/** What the case came to, with a word about it. */
export function ResolveForm({ onSend }: { readonly onSend: (action: CaseAction) => void }): ReactNode {
  const [resolution, setResolution] = useState<Resolution>('fixed');
  const [note, setNote] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSend({ kind: 'resolve', resolution, note: note.trim() });
      }}
    >
      <Stack>
        <Radio.Group
          label="What did it come to?"
          value={resolution}
          onChange={(value) => setResolution(value)}
        >
          <Stack gap="xs" mt="xs">
            {RESOLUTIONS.map(([value, label], index) => (
              <Radio key={value} value={value} label={label} data-autofocus={index === 0 || undefined} />
            ))}
          </Stack>
        </Radio.Group>
        <Textarea
          label="Note"
          description="Optional"
          rows={3}
          maxLength={2_000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Button type="submit">Resolve</Button>
      </Stack>
    </form>
  );
}
