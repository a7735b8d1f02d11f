import { Button, NativeSelect, Stack } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { CaseAction, CaseDetail } from '../../contract/cases.ts';
import { LabelFields } from './label-fields.tsx';

interface Props {
  readonly detail: CaseDetail;
  readonly onSend: (action: CaseAction) => void;
}

/** Which words of the case are read wrongly, and what they say. */
export function CorrectForm({ detail, onSend }: Props): ReactNode {
  const opinions = detail.mentions.flatMap(({ text, opinions, memberOpinionIds }) =>
    opinions
      .filter(({ opinionId }) => memberOpinionIds.includes(opinionId))
      .map((opinion) => ({ ...opinion, words: text?.slice(opinion.start, opinion.end) ?? 'erased' })),
  );
  const [chosen, setChosen] = useState(opinions[0]);
  const [label, setLabel] = useState({ aspect: chosen?.aspect ?? '', polarity: chosen?.polarity ?? null });
  if (!chosen) return <p>No opinion of this case is left.</p>;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSend({ kind: 'correct', opinionId: chosen.opinionId, label });
      }}
    >
      <Stack>
        <NativeSelect
          label="Words"
          data-autofocus
          data={opinions.map(({ opinionId, words }) => ({ value: opinionId, label: words.slice(0, 80) }))}
          value={chosen.opinionId}
          onChange={({ currentTarget: { value } }) => {
            const next = opinions.find(({ opinionId }) => opinionId === value);
            if (!next) return;
            setChosen(next);
            setLabel({ aspect: next.aspect, polarity: next.polarity });
          }}
        />
        <LabelFields label={label} onChange={setLabel} />
        <Button type="submit">Correct</Button>
      </Stack>
    </form>
  );
}
