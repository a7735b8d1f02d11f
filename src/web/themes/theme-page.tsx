import { Button, Checkbox, NativeSelect } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { Theme, ThemeOpinion } from '../../contract/themes.ts';
import { useSignedIn } from '../api/session.ts';
import { useApi } from '../api/use-api.ts';
import { Card, Page } from '../ui/page.tsx';
import { waitingFor } from '../ui/states.tsx';
import { dayOf } from '../ui/time.ts';
import { useChange } from '../ui/use-change.ts';
import { capital, count } from '../ui/words.ts';
import css from './theme-page.module.css';

/** One theme with what was said; what does not belong is split off, and what says the same is merged. */
export function ThemePage({ id }: { readonly id: string }): ReactNode {
  const asked = useApi('getTheme', { params: { id } });
  const { me } = useSignedIn();
  const theme = asked.data;
  const name = theme ? theme.name || `theme ${theme.id}` : `Theme ${id}`;
  const mayChange = me.role === 'admin' || me.role === 'lead';
  return (
    <Page title={name} lead={theme && capital(theme.aspect)}>
      {waitingFor(asked)}
      {theme && mayChange && <Merge id={theme.id} aspect={theme.aspect} name={name} />}
      {theme && <Opinions id={theme.id} opinions={theme.opinions} mayChange={mayChange} />}
    </Page>
  );
}

function Merge({
  id,
  aspect,
  name,
}: {
  readonly id: string;
  readonly aspect: string;
  readonly name: string;
}): ReactNode {
  const [into, setInto] = useState('');
  const [, goTo] = useLocation();
  const { change, call } = useChange('listThemes');
  const themes = useApi('listThemes', { query: {} }).data?.themes ?? [];
  const others = themes.filter((theme: Theme) => theme.aspect === aspect && theme.id !== id);
  if (others.length === 0) return null;
  const merge = async (): Promise<string> => {
    await call('mergeThemes', { params: { id }, body: { into } });
    goTo(`/themes/${into}`);
    return `“${name}” is one with it from now on.`;
  };
  return (
    <Card title="Does another say the same?">
      <div className={css.row}>
        <NativeSelect
          aria-label="The other theme"
          data={[
            { value: '', label: 'Choose a theme' },
            ...others.map((theme) => ({
              value: theme.id,
              label: `${theme.name || `theme ${theme.id}`} (${theme.people})`,
            })),
          ]}
          value={into}
          onChange={({ currentTarget }) => setInto(currentTarget.value)}
        />
        <Button variant="default" disabled={into === ''} onClick={() => change(merge)}>
          Make them one
        </Button>
      </div>
    </Card>
  );
}

interface OpinionsProps {
  readonly id: string;
  readonly opinions: readonly ThemeOpinion[];
  readonly mayChange: boolean;
}

function Opinions({ id, opinions, mayChange }: OpinionsProps): ReactNode {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [, goTo] = useLocation();
  const { change, call } = useChange('getTheme');
  const toggle = (opinionId: string): void =>
    setChosen((before) =>
      before.has(opinionId)
        ? new Set([...before].filter((one) => one !== opinionId))
        : new Set([...before, opinionId]),
    );
  const split = async (): Promise<string> => {
    const made = await call('splitTheme', { params: { id }, body: { opinions: [...chosen] } });
    setChosen(new Set());
    goTo(`/themes/${made.id}`);
    return `${count(chosen.size, 'opinion')} are a theme of their own now.`;
  };
  return (
    <Card title={count(opinions.length, 'opinion')}>
      {mayChange && opinions.length > 1 && (
        <div className={css.row}>
          <span>Tick what does not belong here.</span>
          <Button
            variant="default"
            disabled={chosen.size === 0 || chosen.size === opinions.length}
            onClick={() => change(split)}
          >
            Split off
          </Button>
        </div>
      )}
      <ul className={css.list}>
        {opinions.map(({ opinionId, mentionId, text, author, polarity, heardAt }) => (
          <li key={opinionId} className={css.opinion} data-polarity={polarity}>
            {mayChange && opinions.length > 1 && (
              <Checkbox
                checked={chosen.has(opinionId)}
                onChange={() => toggle(opinionId)}
                aria-label={`Does not belong: ${text ?? 'erased'}`}
              />
            )}
            <div>
              <p>{text === null ? <em>erased</em> : `“${text}”`}</p>
              <p className={css.byline}>
                {author} · {dayOf(heardAt)} · <Link href={`/mentions/${mentionId}`}>open message</Link>
              </p>
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}
