import { Button, Fieldset, Stack } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { Decision, HeldMention } from '../../contract/mentions.ts';
import { type LabelChoice, LabelFields } from '../inbox/label-fields.tsx';

interface Props {
  readonly mention: HeldMention;
  readonly onSend: (decision: Decision) => void;
}

/** What each of a message's opinions says. */
export function CorrectionForm({ mention: { opinions, text }, onSend }: Props): ReactNode {
  const [labels, setLabels] = useState<ReadonlyMap<string, LabelChoice>>(
    () => new Map(opinions.map(({ opinionId, aspect, polarity }) => [opinionId, { aspect, polarity }])),
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const corrections = [...labels].map(([opinionId, label]) => ({ opinionId, label }));
        onSend({ kind: 'correct', corrections });
      }}
    >
      <Stack>
        {opinions.map(({ opinionId, start, end }) => {
          const label = labels.get(opinionId);
          return (
            label && (
              <Fieldset key={opinionId} legend={text?.slice(start, end).slice(0, 80) ?? 'erased'}>
                <LabelFields
                  label={label}
                  onChange={(next) => setLabels((before) => new Map(before).set(opinionId, next))}
                />
              </Fieldset>
            )
          );
        })}
        <Button type="submit" disabled={opinions.length === 0}>
          Correct
        </Button>
      </Stack>
    </form>
  );
}
