import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Digest } from '../../contract/digests.ts';
import { pathOf } from '../ui/links.ts';
import css from './digest-page.module.css';

/** A number, or words with a number, that open the mentions behind them. */
export function Evidence({ to, children }: { readonly to: string; readonly children: ReactNode }): ReactNode {
  return (
    <Link href={pathOf(to)} className={css.evidence ?? ''}>
      {children}
    </Link>
  );
}

export function Said({
  said: { text, evidence },
}: {
  readonly said: Digest['not_heard'][number];
}): ReactNode {
  return evidence === null ? text : <Evidence to={evidence}>{text}</Evidence>;
}
