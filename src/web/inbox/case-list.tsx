import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useApi } from '../api/use-api.ts';
import { EmptyState, Loading, waitingFor } from '../ui/states.tsx';
import { moment } from '../ui/time.ts';
import { count, TAB_NAMES } from '../ui/words.ts';
import css from './case-list.module.css';
import { CaseRowItem } from './case-row.tsx';
import type { Place } from './place.ts';
import type { CaseList } from './use-case-list.ts';

interface Props {
  readonly list: CaseList;
  readonly place: Place;
  readonly cursor: string | null;
  readonly selected: ReadonlySet<string>;
  readonly onOpen: (id: string) => void;
  readonly onFocus: (id: string) => void;
  readonly onToggle: (id: string) => void;
  readonly onRefresh: () => void;
}

export function CaseListPane(props: Props): ReactNode {
  const { list, place, cursor, selected, onOpen, onFocus, onToggle, onRefresh } = props;
  const waiting = waitingFor(list.asked, <Loading rows={8} height={46} />);
  if (waiting) return waiting;
  return (
    <>
      <div className={css.pill} role="status">
        {list.unseen > 0 && (
          <Button size="compact-sm" radius="xl" onClick={onRefresh}>
            {list.unseen} new
          </Button>
        )}
      </div>
      {list.rows.length === 0 ? (
        <NoCases place={place} />
      ) : (
        <div
          className={css.list}
          role="listbox"
          aria-multiselectable="true"
          aria-label={`${TAB_NAMES[place.tab]}: cases`}
        >
          {list.rows.map((row) => (
            <CaseRowItem
              key={row.id}
              row={row}
              isCursor={row.id === cursor}
              isOpen={row.id === place.caseId}
              isSelected={selected.has(row.id)}
              onOpen={onOpen}
              onFocus={onFocus}
              onToggle={onToggle}
            />
          ))}
        </div>
      )}
      {list.more && (
        <div className={css.more}>
          <Button variant="default" size="xs" onClick={list.more}>
            Show older cases
          </Button>
        </div>
      )}
    </>
  );
}

/** Says whether nothing was heard or nothing is left, and when Earshot listens next. */
function NoCases({ place }: { readonly place: Place }): ReactNode {
  const sources = useApi('listSources', {}).data?.sources ?? [];
  const next = sources.flatMap(({ nextPollAt }) => nextPollAt ?? []).toSorted()[0];
  if (place.filter.q !== undefined)
    return (
      <EmptyState title="No case fits this search">
        <p>Take a word out of it, or look in another tab.</p>
      </EmptyState>
    );
  if (place.tab !== 'open') return <EmptyState title={`Nothing is in ${TAB_NAMES[place.tab]}`} />;
  return (
    <EmptyState title="All is triaged">
      <p>
        {sources.length === 0
          ? 'Earshot listens nowhere yet: add sources to earshot.yaml.'
          : `${count(sources.length, 'source')} listen.`}
        {next && ` The next is read at ${moment(next)}.`}
      </p>
    </EmptyState>
  );
}
