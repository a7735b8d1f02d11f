import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Theme } from '../../contract/themes.ts';
import { useApi } from '../api/use-api.ts';
import { Hidden } from '../ui/bits.tsx';
import { Card, Page } from '../ui/page.tsx';
import { EmptyState, waitingFor } from '../ui/states.tsx';
import table from '../ui/table.module.css';
import { dayOf } from '../ui/time.ts';
import { capital, count } from '../ui/words.ts';

/** What people say the same about, aspect by aspect. */
export function ThemesPage(): ReactNode {
  const asked = useApi('listThemes', { query: {} });
  const themes = asked.data?.themes ?? [];
  const aspects = [...new Set(themes.map(({ aspect }) => aspect))];
  return (
    <Page
      title="Themes"
      lead="What more than one opinion said in the last 30 days. They form by themselves; where they are wrong, say so."
    >
      {waitingFor(asked)}
      {asked.data && themes.length === 0 && (
        <EmptyState title="There is no theme yet">
          <p>A theme forms when several people say the same about one aspect.</p>
        </EmptyState>
      )}
      {aspects.map((aspect) => (
        <ThemeTable key={aspect} aspect={aspect} themes={themes.filter((theme) => theme.aspect === aspect)} />
      ))}
    </Page>
  );
}

function ThemeTable({
  aspect,
  themes,
}: {
  readonly aspect: string;
  readonly themes: readonly Theme[];
}): ReactNode {
  return (
    <Card title={capital(aspect)}>
      <table className={table.table}>
        <thead>
          <tr>
            <th>Theme</th>
            <th>People</th>
            <th>Opinions</th>
            <th>Last heard</th>
            <th>
              <Hidden>Actions</Hidden>
            </th>
          </tr>
        </thead>
        <tbody>
          {themes.map(({ id, name, people, opinions, lastHeardAt }) => (
            <tr key={id}>
              <th scope="row">{name || `theme ${id}`}</th>
              <td data-label="People">{count(people, 'person', 'people')}</td>
              <td data-label="Opinions">{count(opinions, 'opinion')}</td>
              <td data-label="Last heard">{dayOf(lastHeardAt)}</td>
              <td>
                <Button
                  component={Link}
                  href={`/themes/${id}`}
                  size="compact-xs"
                  variant="default"
                  aria-label={`Open ${name || `theme ${id}`}`}
                >
                  Open
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}
