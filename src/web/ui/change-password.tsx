import { Button, Modal, PasswordInput, Stack } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useCall, useSessionChange } from '../api/use-api.ts';
import { FormError, useSubmit } from './form.tsx';
import { useToast } from './toasts.tsx';

export function ChangePassword({
  isOpen,
  onClose,
}: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}): ReactNode {
  return (
    <Modal opened={isOpen} onClose={onClose} title="Change password">
      <PasswordForm onDone={onClose} />
    </Modal>
  );
}

function PasswordForm({ onDone }: { readonly onDone: () => void }): ReactNode {
  const call = useCall();
  const takeOver = useSessionChange();
  const toast = useToast();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const { error, isBusy, onSubmit } = useSubmit(async () => {
    takeOver(await call('changePassword', { body: { current, next } }));
    toast({ text: 'The password is changed. Every other device is signed out.' });
    onDone();
  });
  return (
    <form onSubmit={onSubmit}>
      <Stack>
        <FormError error={error} />
        <PasswordInput
          label="Current password"
          autoComplete="current-password"
          required
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
        />
        <PasswordInput
          label="New password"
          description="12 characters at least"
          autoComplete="new-password"
          required
          minLength={12}
          value={next}
          onChange={(event) => setNext(event.currentTarget.value)}
        />
        <Button type="submit" loading={isBusy}>
          Change password
        </Button>
      </Stack>
    </form>
  );
}
