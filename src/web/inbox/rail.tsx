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
}

function Item({ href, name, count, isHere }: ItemProps): ReactNode {
  return (
    <li>
      <Link href={href} className={css.item ?? ''} aria-current={isHere ? 'true' : undefined}>
        <span>{name}</span>
        {count !== undefined && count !== null && (
          <span className={css.count}>{count.toLocaleString('en')}</span>
        )}
      </Link>
    </li>
  );
}
