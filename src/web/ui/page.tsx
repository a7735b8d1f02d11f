import { type ReactNode, useEffect } from 'react';
import css from './page.module.css';

interface PageProps {
  readonly title: string;
  /** One sentence below the title. */
  readonly lead?: ReactNode;
  /** What stands beside the title. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** A page that scrolls as a whole, with its title in the browser's tab too. */
export function Page({ title, lead, aside, children }: PageProps): ReactNode {
  useTitle(title);
  return (
    <div className={css.page}>
      <div className={css.head}>
        <div>
          <h1 className={css.title}>{title}</h1>
          {lead && <p className={css.lead}>{lead}</p>}
        </div>
        {aside && <div className={css.aside}>{aside}</div>}
      </div>
      {children}
    </div>
  );
}

export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Earshot`;
  }, [title]);
}

export function Card({
  title,
  children,
}: {
  readonly title?: string | undefined;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <section className={css.card}>
      {title && <h2 className={css.cardTitle}>{title}</h2>}
      {children}
    </section>
  );
}

export function Facts({ of }: { readonly of: readonly (readonly [string, ReactNode])[] }): ReactNode {
  return (
    <dl className={css.facts}>
      {of.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
