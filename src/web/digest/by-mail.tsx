import { Button, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { Subscription } from '../../contract/subscriptions.ts';
import { useSignedIn } from '../api/session.ts';
import { useApi, useCall } from '../api/use-api.ts';
import { FormError, useSubmit } from '../ui/form.tsx';
import { Card } from '../ui/page.tsx';
import { useChange } from '../ui/use-change.ts';
import css from './by-mail.module.css';

const EDITIONS = [
  { value: 'day', label: 'Every day' },
  { value: 'week', label: 'Every week, the morning after Sunday' },
  { value: 'month', label: 'Every month, on the 1st' },
] as const;
const FORMS = [
  { value: 'html', label: 'With colours and bars' },
  { value: 'text', label: 'Plain text' },
] as const;

const HERE = new Intl.DateTimeFormat().resolvedOptions().timeZone;
const ZONES = [...new Set([HERE, ...Intl.supportedValuesOf('timeZone')])];

/** Who gets this digest by mail at a time of their own; nothing where its audience takes no subscriptions. */
export function ByMail({ name }: { readonly name: string }): ReactNode {
  const digests = useApi('listDigests', {}).data?.digests ?? [];
  const isOffered = digests.some((digest) => digest.name === name && digest.takesSubscriptions);
  const found = useApi('listSubscriptions', {}, { isOff: !isOffered }).data?.subscriptions ?? [];
  if (!isOffered) return null;
  const here = found.filter(({ digest }) => digest === name);
  return (
    <Card title="By mail">
      {here.length > 0 && (
        <ul className={css.list}>
          {here.map((subscription) => (
            <Row key={subscription.id} subscription={subscription} />
          ))}
        </ul>
      )}
      <SubscribeForm digest={name} />
    </Card>
  );
}

function Row({ subscription }: { readonly subscription: Subscription }): ReactNode {
  const { id, email, state, next } = subscription;
  const { change, call } = useChange('listSubscriptions');
  const test = async (): Promise<string> => {
    await call('testSubscription', { params: { id } });
    return `The newest digest is on its way to ${email}.`;
  };
  const end = async (): Promise<string> => {
    await call('endSubscription', { params: { id } });
    return `${email} gets no further mail.`;
  };
  return (
    <li className={css.row}>
      <span className={css.words}>
        <strong>{email}</strong>{' '}
        {state === 'pending' ? 'was asked and has not confirmed yet' : `Next: ${next}`}
      </span>
      {state === 'active' && (
        <Button
          size="compact-xs"
          variant="default"
          aria-label={`Send ${email} the newest now`}
          onClick={() => change(test)}
        >
          Send one now
        </Button>
      )}
      <Button
        size="compact-xs"
        variant="default"
        aria-label={`End the mails to ${email}`}
        onClick={() => change(end)}
      >
        End
      </Button>
    </li>
  );
}

function SubscribeForm({ digest }: { readonly digest: string }): ReactNode {
  const { me } = useSignedIn();
  const call = useCall();
  const client = useQueryClient();
  const [email, setEmail] = useState(me.email);
  const [at, setAt] = useState('07:30');
  const [zone, setZone] = useState(HERE);
  const [every, setEvery] = useState<Subscription['every']>('day');
  const [form, setForm] = useState<Subscription['form']>('html');
  const { error, isBusy, onSubmit } = useSubmit(async () => {
    await call('addSubscription', {
      body: { digest, at, zone, every, form, ...(email !== me.email && { email }) },
    });
    await client.invalidateQueries({ queryKey: ['listSubscriptions'] });
  });
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <FormError error={error} />
        <div className={css.fields}>
          {me.role === 'admin' && (
            <TextInput
              label="To"
              type="email"
              required
              value={email}
              onChange={({ currentTarget }) => setEmail(currentTarget.value)}
            />
          )}
          <NativeSelect
            label="How often"
            data={EDITIONS}
            value={every}
            onChange={({ currentTarget }) =>
              setEvery(EDITIONS.find(({ value }) => value === currentTarget.value)?.value ?? 'day')
            }
          />
          <TextInput
            label="At"
            type="time"
            required
            value={at}
            onChange={({ currentTarget }) => setAt(currentTarget.value)}
          />
          <NativeSelect
            label="By the clock of"
            data={ZONES}
            value={zone}
            onChange={({ currentTarget }) => setZone(currentTarget.value)}
          />
          <NativeSelect
            label="Form"
            data={FORMS}
            value={form}
            onChange={({ currentTarget }) =>
              setForm(FORMS.find(({ value }) => value === currentTarget.value)?.value ?? 'html')
            }
          />
        </div>
        <div>
          <Button type="submit" loading={isBusy}>
            Send it by mail
          </Button>
        </div>
      </Stack>
    </form>
  );
}
