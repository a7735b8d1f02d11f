import { type ReactNode, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { useSignedIn } from './api/session.ts';
import css from './shell.module.css';
import { AccountMenu } from './ui/account-menu.tsx';
import { ShortcutsOverlay } from './ui/shortcuts.tsx';
import { ThemeToggle } from './ui/theme-toggle.tsx';
import { useKeys } from './ui/use-keys.ts';

interface Place {
  readonly path: string;
  readonly name: string;
  readonly key?: string;
}

const PLACES: readonly Place[] = [
  { path: '/inbox', name: 'Inbox', key: 'i' },
  { path: '/digests', name: 'Digest', key: 'd' },
  { path: '/quarantine', name: 'Quarantine', key: 'q' },
  { path: '/unsure', name: 'Unsure', key: 'u' },
  { path: '/themes', name: 'Themes' },
  { path: '/silences', name: 'Silences' },
  { path: '/sources', name: 'Sources', key: 's' },
];
const ADMIN_PLACES: readonly Place[] = [
  { path: '/deliveries', name: 'Deliveries' },
  { path: '/analysis', name: 'Analysis' },
  { path: '/config', name: 'Config' },
  { path: '/people', name: 'People' },
  { path: '/keys', name: 'API keys' },
];

/** The bar above every page. */
export function Shell({ children }: { readonly children: ReactNode }): ReactNode {
  const { me, session } = useSignedIn();
  const [path, go] = useLocation();
  const [areKeysShown, setKeysShown] = useState(false);
  const places = [
    ...PLACES.filter(
      (place) =>
        me.role !== 'agent' || !['/quarantine', '/unsure', '/themes', '/silences'].includes(place.path),
    ),
    ...(me.role === 'admin' ? ADMIN_PLACES : []),
  ];
  useKeys({
    ...Object.fromEntries(places.flatMap(({ path: to, key }) => (key ? [[`g ${key}`, () => go(to)]] : []))),
    '?': () => setKeysShown(true),
  });
  return (
    <>
      <a href="#content" className={css.skip}>
        Skip to the content
      </a>
      <header className={css.header}>
        <Link href="/" className={css.brand ?? ''}>
          Earshot
        </Link>
        <span className={css.workspace}>
          {session.workspace.name}
          {session.workspace.isSample && <span className={css.sample}>sample</span>}
        </span>
        <nav className={css.nav} aria-label="Pages">
          {places.map((place) => (
            <Link
              key={place.path}
              href={place.path}
              className={css.link ?? ''}
              aria-current={path === place.path || path.startsWith(`${place.path}/`) ? 'page' : undefined}
            >
              {place.name}
            </Link>
          ))}
        </nav>
        <div className={css.tools}>
          <ThemeToggle />
          <AccountMenu places={places} onShowKeys={() => setKeysShown(true)} />
        </div>
      </header>
      <main id="content" className={css.main} tabIndex={-1}>
        {children}
      </main>
      <ShortcutsOverlay isOpen={areKeysShown} onClose={() => setKeysShown(false)} />
    </>
  );
}
