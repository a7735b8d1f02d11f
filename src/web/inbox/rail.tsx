import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { CaseQuery } from '../../contract/cases.ts';
import { useSignedIn, useWorkspace } from '../api/session.ts';
import { useApi } from '../api/use-api.ts';
import { capital, TAB_NAMES } from '../ui/words.ts';
import type { Patch, Place } from './place.ts';
import css from './rail.module.css';
import { Views } from './views.tsx';

const TABS = CaseQuery.shape.tab.unwrap().options;

interface Props {
  readonly place: Place;
  readonly hrefOf: (patch: Patch) => string;
}

/** Where cases lie, with how many there are. */
export function Rail({ place, hrefOf }: Props): ReactNode {
  const { me } = useSignedIn();
  const { department } = place.filter;
  const counts = useApi('countCases', { query: { department } }).data;
  const spikes = useApi('listSpikes', {}).data?.spikes.filter(({ quietSince }) => quietSince === null) ?? [];
  const departments = useWorkspace().departments.filter(({ isVisible }) => isVisible);
  return (
    <nav className={css.rail} aria-label="Inbox">
      <ul className={css.group}>
        {TABS.map((tab) => (
          <Item
            key={tab}
            href={hrefOf({ tab, case: null })}
            name={TAB_NAMES[tab]}
            count={counts?.[tab]}
            isHere={place.tab === tab}
          />
        ))}
      </ul>
      <Views place={place} hrefOf={hrefOf} />
      {departments.length > 1 && (
        <ul className={css.group} aria-label="Departments">
          <Item
            href={hrefOf({ department: null, case: null })}
            name={me.role === 'admin' || me.role === 'executive' ? 'All departments' : 'My departments'}
            isHere={department === undefined}
          />
          {departments.map(({ name }) => (
            <Item
              key={name}
              href={hrefOf({ department: name, case: null })}
              name={capital(name)}
              isHere={department === name}
            />
          ))}
        </ul>
      )}
      {spikes.length > 0 && (
        <ul className={css.group} aria-label="On the rise">
          {spikes.map(({ id, aspect, theme, people, usual }) => (
            <Item
              key={id}
              href={hrefOf({ q: `aspect:"${aspect}" polarity:neg since:2d`, case: null })}
              name={`↑ ${theme ?? capital(aspect)}`}
              title={`${people} people complained in 24 hours, usually ${Math.round(usual)}`}
              count={people}
              isHere={false}
            />
          ))}
        </ul>
      )}
      {me.role !== 'agent' && (
        <ul className={css.group} aria-label="Held back">
          <Item href="/quarantine" name="Quarantine" count={counts?.quarantined} isHere={false} />
          <Item href="/unsure" name="Unsure" count={counts?.unsure} isHere={false} />
        </ul>
      )}
      <p className={css.spoken} aria-live="polite">
        {counts && `${counts.open} in triage, ${counts.mine} mine`}
      </p>
    </nav>
  );
}

interface ItemProps {
  readonly href: string;
  readonly name: string;
  readonly count?: number | null | undefined;
  readonly isHere: boolean;
  readonly title?: string;
}

function Item({ href, name, count, isHere, title }: ItemProps): ReactNode {
  return (
    <li>
      <Link href={href} className={css.item ?? ''} aria-current={isHere ? 'true' : undefined} title={title}>
        <span>{name}</span>
        {count !== undefined && count !== null && (
          <span className={css.count}>{count.toLocaleString('en')}</span>
        )}
      </Link>
    </li>
  );
}
