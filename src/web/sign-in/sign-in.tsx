import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { Session } from '../../contract/session.ts';
import { useCall, useSessionChange } from '../api/use-api.ts';
import { FormError, useSubmit } from '../ui/form.tsx';
import { DemoButtons } from './demo-buttons.tsx';
import { Frame } from './frame.tsx';

/** Stands at whatever address was asked for; after signing in that page is shown. */
export function SignIn({ session }: { readonly session: Session }): ReactNode {
  const call = useCall();
  const takeOver = useSessionChange();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const { error, isBusy, onSubmit } = useSubmit(async () => {
    takeOver(await call('signIn', { body: { email, password } }));
  });
  return (
    <Frame title="Sign in to Earshot" lead={session.workspace.name}>
      {session.needsAdministrator && (
        <Alert variant="light" mb="md" title="This workspace has no administrator yet">
          Open the link that <code>earshot start</code> printed to become one.
        </Alert>
      )}
      <form onSubmit={onSubmit}>
        <Stack>
          <FormError error={error} />
          <TextInput
            label="E-mail"
            type="email"
            autoComplete="username"
            required
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <PasswordInput
            label="Password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Button type="submit" loading={isBusy}>
            Sign in
          </Button>
        </Stack>
      </form>
      {session.canDemo && <DemoButtons />}
    </Frame>
  );
}
