import { Alert } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';

interface Submitting {
  readonly error: string | null;
  readonly isBusy: boolean;
  readonly onSubmit: (event: FormEvent) => void;
}

/** Runs what a form sends; an error becomes words above the fields. */
export function useSubmit(send: () => Promise<void>): Submitting {
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const run = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await send();
    } catch (thrown) {
      setError(wordsOf(thrown));
    } finally {
      setBusy(false);
    }
  };
  return {
    error,
    isBusy,
    onSubmit: (event) => {
      event.preventDefault();
      void run();
    },
  };
}

export function wordsOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : 'This did not work. Try again.';
}

export function FormError({ error }: { readonly error: string | null }): ReactNode {
  return (
    <div role="alert">
      {error !== null && (
        <Alert color="red" variant="light" p="xs">
          {error}
        </Alert>
      )}
    </div>
  );
}
