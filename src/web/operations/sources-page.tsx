import type { ReactNode } from 'react';
import type { z } from 'zod';
import type { SourceHealth } from '../../contract/operations.ts';
import { useApi } from '../api/use-api.ts';
import { Age } from '../ui/bits.tsx';
import { Card, Facts, Page } from '../ui/page.tsx';
import { EmptyState, waitingFor } from '../ui/states.tsx';
import { moment } from '../ui/time.ts';
import css from './sources-page.module.css';

type Source = z.infer<typeof SourceHealth>;

const STATES: Readonly<Record<Source['state'], { readonly glyph: string; readonly name: string }>> = {
  ok: { glyph: '●', name: 'listening' },
  waiting: { glyph: '◔', name: 'waiting' },
  idle: { glyph: '○', name: 'idle' },
  behind: { glyph: '◑', name: 'behind' },
  silent: { glyph: '◌', name: 'silent' },
  paused: { glyph: '‖', name: 'paused' },
  failing: { glyph: '▲', name: 'failing' },
  stopped: { glyph: '■', name: 'stopped' },
};
const TROUBLED: readonly Source['state'][] = ['failing', 'stopped', 'silent', 'behind'];

/** How every source is doing, what is in trouble first. */
export function SourcesPage(): ReactNode {
  const asked = useApi('listSources', {}, { refreshEvery: 30_000 });
  const sources = asked.data?.sources ?? [];
  const troubled = sources.filter(({ state }) => TROUBLED.includes(state));
  const sorted = [...troubled, ...sources.filter(({ state }) => !TROUBLED.includes(state))];
  return (
    <Page
      title="Sources"
      lead={
        asked.data &&
        (troubled.length === 0
          ? 'Every source is heard.'
          : `${troubled.length} of ${sources.length} sources ${troubled.length === 1 ? 'wants' : 'want'} a look.`)
      }
    >
      {waitingFor(asked)}
      {asked.data && sources.length === 0 && (
        <EmptyState title="Earshot listens nowhere yet">
          <p>Add sources to earshot.yaml, or push messages to the API.</p>
        </EmptyState>
      )}
      <div className={css.grid}>
        {sorted.map((source) => (
          <SourceCard key={source.name} source={source} />
        ))}
      </div>
    </Page>
  );
}

function SourceCard({ source }: { readonly source: Source }): ReactNode {
  const {
    name,
    kind,
    state,
    sentence,
    remedy,
    lastSuccessAt,
    nextPollAt,
    spentUsd,
    budgetUsd,
    lastHeardAt,
    gap,
  } = source;
  return (
    <Card>
      <div className={css.head}>
        <h2 className={css.name}>{name}</h2>
        <span className={css.state} data-state={state}>
          <span aria-hidden="true">{STATES[state].glyph}</span> {STATES[state].name}
        </span>
      </div>
      <p>{sentence}</p>
      {remedy && <p className={css.remedy}>{remedy}</p>}
      <div className={css.facts}>
        <Facts
          of={[
            ['kind', kind],
            [
              'last read',
              lastSuccessAt ? (
                <span>
                  <Age at={lastSuccessAt} /> ago
                </span>
              ) : (
                'never'
              ),
            ],
            [
              'last heard',
              lastHeardAt ? (
                <span>
                  <Age at={lastHeardAt} /> ago
                </span>
              ) : (
                'nothing yet'
              ),
            ],
            ['next', nextPollAt ? moment(nextPollAt) : 'not planned'],
            ...(gap === null ? [] : [['not heard', gap] as const]),
            ...(spentUsd === null
              ? []
              : [['this month', <Money key="money" spent={spentUsd} budget={budgetUsd} />] as const]),
          ]}
        />
      </div>
    </Card>
  );
}

function Money({ spent, budget }: { readonly spent: number; readonly budget: number | null }): ReactNode {
  const words = budget === null ? `$${spent.toFixed(2)}` : `$${spent.toFixed(2)} of $${budget.toFixed(2)}`;
  return (
    <>
      {words}
      {budget !== null && budget > 0 && (
        <meter
          className={css.meter}
          min={0}
          max={budget}
          high={budget * 0.8}
          value={spent}
          aria-label={words}
        />
      )}
    </>
  );
}
