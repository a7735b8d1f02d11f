import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useLocation } from 'wouter';
import { useCall, useSessionChange } from '../api/use-api.ts';
import { FormError, useSubmit } from '../ui/form.tsx';
import { EmptyState } from '../ui/states.tsx';
import { Frame } from './frame.tsx';

/** Where the one-time links lead: to become the first administrator, or to choose a password after an invitation. */
export function ChoosePassword({ isFirstRun }: { readonly isFirstRun: boolean }): ReactNode {
  const call = useCall();
  const takeOver = useSessionChange();
  const [, go] = useLocation();
  // Read once: the address keeps the token only until the form is sent.
  const [token] = useState(() => window.location.hash.slice(1));
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const { error, isBusy, onSubmit } = useSubmit(async () => {
    const session = isFirstRun
      ? await call('makeAdministrator', { body: { token, name, email, password } })
      : await call('acceptInvitation', { body: { token, password } });
    go('/', { replace: true });
    takeOver(session);
  });
  const title = isFirstRun ? 'Become the administrator' : 'Choose your password';
  const lead = isFirstRun
    ? 'You are the first one here. You can invite the others next.'
    : 'You were invited to Earshot. Then you are signed in.';
  if (token === '')
    return (
      <Frame title={title} lead="">
        <EmptyState title="This link is not whole">
          <p>Open it again from where you got it, with everything after the # sign.</p>
        </EmptyState>
      </Frame>
    );
  return (
    <Frame title={title} lead={lead}>
      <form onSubmit={onSubmit}>
        <Stack>
          <FormError error={error} />
          {isFirstRun && (
            <>
              <TextInput
                label="Your name"
                autoComplete="name"
                required
                maxLength={200}
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
              />
              <TextInput
                label="E-mail"
                type="email"
                autoComplete="username"
                required
                value={email}
                onChange={(event) => setEmail(event.currentTarget.value)}
              />
            </>
          )}
          <PasswordInput
            label="Password"
            description="12 characters at least; a short sentence is easy to remember"
            autoComplete="new-password"
            required
            minLength={12}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Button type="submit" loading={isBusy}>
            {isFirstRun ? 'Become the administrator' : 'Choose and sign in'}
          </Button>
        </Stack>
      </form>
    </Frame>
  );
}
