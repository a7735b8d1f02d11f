import type { ReactNode } from 'react';
import { useTitle } from '../ui/page.tsx';
import { ThemeToggle } from '../ui/theme-toggle.tsx';
import css from './frame.module.css';

interface Props {
  readonly title: string;
  readonly lead: string;
  readonly children: ReactNode;
}

/** What the pages before signing in look like. */
export function Frame({ title, lead, children }: Props): ReactNode {
  useTitle(title);
  return (
    <main className={css.frame}>
      <div className={css.theme}>
        <ThemeToggle />
      </div>
      <div className={css.card}>
        <img src="/icon.svg" alt="" width={40} height={40} />
        <h1 className={css.title}>{title}</h1>
        <p className={css.lead}>{lead}</p>
        {children}
      </div>
    </main>
  );
}
