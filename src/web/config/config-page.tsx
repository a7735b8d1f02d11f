import { Button, Group, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { Answer } from '../../contract/api.ts';
import { useApi, useCall } from '../api/use-api.ts';
import { FormError, useSubmit } from '../ui/form.tsx';
import { Card, Page } from '../ui/page.tsx';
import { waitingFor } from '../ui/states.tsx';
import { moment } from '../ui/time.ts';
import { useChange } from '../ui/use-change.ts';
import { count } from '../ui/words.ts';
import { BacktestReport } from './backtest-report.tsx';
import css from './config-page.module.css';

const DAYS = 30;
const MISROUTE_DAYS = 30;

/** The config in force, the faults of one that was refused, and what another would have done. */
export function ConfigPage(): ReactNode {
  const asked = useApi('getConfig', {});
  const { data } = asked;
  return (
    <Page title="Config" lead={data && `Version ${data.version} is in force.`} aside={<ReloadButton />}>
      {waitingFor(asked)}
      {data?.refusal && <Refused refusal={data.refusal} />}
      <MisroutesCard />
      {data && <TryCard key={data.version} text={data.text} />}
    </Page>
  );
}

function ReloadButton(): ReactNode {
  const { change, call } = useChange('getConfig');
  const reload = async (): Promise<string> => {
    const { isNew, version } = await call('reloadConfig', {});
    return isNew ? `Version ${version} is in force now.` : 'The file says what is in force already.';
  };
  return (
    <Button variant="default" onClick={() => change(reload)}>
      Read the file again
    </Button>
  );
}

function Refused({
  refusal: { origin, message, refusedAt },
}: {
  readonly refusal: NonNullable<Answer<'getConfig'>['refusal']>;
}): ReactNode {
  return (
    <Card title="A newer config was refused">
      <p>
        {origin} was read {moment(refusedAt)} and has faults; the version before stays in force until they are
        mended.
      </p>
      <pre className={css.text}>{message}</pre>
    </Card>
  );
}

/** Where routing was wrong, as departments said. */
function MisroutesCard(): ReactNode {
  const { data } = useApi('getMisroutes', { query: { days: MISROUTE_DAYS } });
  if (!data || data.passedOn.length + data.suggestions.length === 0) return null;
  return (
    <Card title={`Passed on in ${MISROUTE_DAYS} days`}>
      <ul className={css.list}>
        {data.passedOn.map(({ from, to, cases }) => (
          <li key={`${from} ${to}`}>
            {from} → {to}: <strong>{count(cases, 'case')}</strong>
          </li>
        ))}
        {data.suggestions.map(({ from, to, matchers, passedOn, kept }) => (
          <li key={`${from} ${to} ${matchers.join()}`}>
            A route with <code>{matchers.join(', ')}</code> to {to} would have spared{' '}
            {count(passedOn, 'case')} the way over {from}, and taken {kept.toLocaleString('en')} that it kept.
            Try it below.
          </li>
        ))}
      </ul>
    </Card>
  );
}

function TryCard({ text }: { readonly text: string }): ReactNode {
  const call = useCall();
  const client = useQueryClient();
  const [yaml, setYaml] = useState(text);
  const { mutateAsync, data } = useMutation({
    mutationFn: () => call('tryConfig', { body: { yaml, days: DAYS } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['getConfig'] }),
  });
  const { onSubmit, error, isBusy } = useSubmit(async () => void (await mutateAsync()));
  return (
    <>
      <Card title="Try a change">
        <form onSubmit={onSubmit}>
          <FormError error={error} />
          <Textarea
            aria-label="earshot.yaml"
            description="Change it here to see what the change would have done. To put it in force, change the file: a running Earshot takes it within seconds."
            autosize
            minRows={10}
            maxRows={28}
            spellCheck={false}
            classNames={{ input: css.text ?? '' }}
            value={yaml}
            onChange={({ currentTarget }) => setYaml(currentTarget.value)}
          />
          <Group mt="md">
            <Button type="submit" loading={isBusy}>
              Go through the last {DAYS} days
            </Button>
            <Button variant="default" disabled={yaml === text} onClick={() => setYaml(text)}>
              Back to what is in force
            </Button>
          </Group>
        </form>
      </Card>
      {data && (
        <Card title="What it would have done">
          <BacktestReport backtest={data.backtest} />
          {data.diff !== '' && <pre className={css.text}>{data.diff}</pre>}
        </Card>
      )}
    </>
  );
}
