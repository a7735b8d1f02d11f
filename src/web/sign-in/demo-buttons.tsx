import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useCall, useSessionChange } from '../api/use-api.ts';
import { FormError, wordsOf } from '../ui/form.tsx';
import css from './frame.module.css';

const ROLES = [
  ['executive', 'Executive: read the digest'],
  ['lead', 'Lead: work a department’s inbox'],
  ['admin', 'Administrator: see everything'],
] as const;

/** The sample workspace is entered with one click. */
export function DemoButtons(): ReactNode {
  const call = useCall();
  const takeOver = useSessionChange();
  const [error, setError] = useState<string | null>(null);
  const enter = async (role: (typeof ROLES)[number][0]): Promise<void> => {
    try {
      takeOver(await call('signInToDemo', { body: { role } }));
    } catch (thrown) {
      setError(wordsOf(thrown));
    }
  };
  return (
    <section className={css.demo} aria-label="The sample workspace">
      <p>This is the sample workspace. Look around as</p>
      <FormError error={error} />
      {ROLES.map(([role, label]) => (
        <Button key={role} variant="default" onClick={() => void enter(role)}>
          {label}
        </Button>
      ))}
    </section>
  );
}
