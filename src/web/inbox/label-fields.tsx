import { NativeSelect } from '@mantine/core';
import type { ReactNode } from 'react';
import type { z } from 'zod';
import { PolarityName } from '../../contract/common.ts';
import type { Label } from '../../contract/opinions.ts';
import { useWorkspace } from '../api/session.ts';
import { capital } from '../ui/words.ts';

export type LabelChoice = z.infer<typeof Label>;

interface Props {
  readonly label: LabelChoice;
  readonly onChange: (label: LabelChoice) => void;
}

/** What a person says of some words: of what they speak, and how; or that they say nothing. */
export function LabelFields({ label, onChange }: Props): ReactNode {
  const { aspects } = useWorkspace();
  const known = aspects.includes(label.aspect) ? aspects : [...aspects, label.aspect];
  return (
    <>
      <NativeSelect
        label="It speaks of"
        data={known.map((name) => ({ value: name, label: capital(name) }))}
        value={label.aspect}
        onChange={({ currentTarget: { value } }) => onChange({ ...label, aspect: value })}
      />
      <NativeSelect
        label="And says"
        data={[
          { value: 'negative', label: '− negative' },
          { value: 'neutral', label: '= neutral' },
          { value: 'positive', label: '+ positive' },
          { value: '', label: '○ no opinion' },
        ]}
        value={label.polarity ?? ''}
        onChange={({ currentTarget: { value } }) =>
          onChange({ ...label, polarity: PolarityName.safeParse(value).data ?? null })
        }
      />
    </>
  );
}
