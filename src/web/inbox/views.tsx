import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useSignedIn } from '../api/session.ts';
import { useApi } from '../api/use-api.ts';
import { useChange } from '../ui/use-change.ts';
import type { Patch, Place } from './place.ts';
import css from './rail.module.css';

interface Props {
  readonly place: Place;
  readonly hrefOf: (patch: Patch) => string;
}

/** The searches that the person keeps, and those that everybody sees. */
export function Views({ place, hrefOf }: Props): ReactNode {
  const views = useApi('listViews', {}).data?.views ?? [];
  const { me } = useSignedIn();
  const { change, call } = useChange('listViews');
  if (views.length === 0) return null;
  const remove = (id: string, name: string) => async (): Promise<string> => {
    await call('removeView', { params: { id } });
    return `${name} is no longer kept.`;
  };
  return (
    <ul className={css.group} aria-label="Views">
      {views.map(({ id, name, q, isShared, isMine }) => (
        <li key={id} className={css.view}>
          <Link
            href={hrefOf({ q, case: null })}
            className={css.item ?? ''}
            aria-current={place.filter.q === q ? 'true' : undefined}
            title={q}
          >
            <span>{name}</span>
          </Link>
          {(isMine || (isShared && me.role === 'admin')) && (
            <button
              type="button"
              className={css.remove}
              aria-label={`Remove the view ${name}`}
              onClick={() => change(remove(id, name))}
            >
              <IconX size={13} aria-hidden="true" />
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
