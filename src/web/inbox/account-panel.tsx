import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { CaseDetail } from '../../contract/cases.ts';
import { Age, OpinionChip } from '../ui/bits.tsx';
import { mentionPath } from '../ui/links.ts';
import css from './case-detail.module.css';

/** The account that matters most in a case, and what else it said lately. */
export function AccountPanel({
  account,
}: {
  readonly account: NonNullable<CaseDetail['account']>;
}): ReactNode {
  const { name, tier, owner, revenue, lately } = account;
  return (
    <section className={css.card}>
      <h3 className={css.heading}>Account</h3>
      <p className={css.author}>{name}</p>
      <p className={css.quiet}>
        {[
          tier && `tier ${tier}`,
          revenue !== null && `${revenue.toLocaleString('en')} a year`,
          owner && `owner ${owner}`,
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {lately.length > 0 && (
        <ul className={css.list}>
          {lately.map(({ mentionId, aspect, polarity, text, occurredAt }, index) => (
            <li key={`${mentionId} ${index}`} className={css.row}>
              <OpinionChip aspect={aspect} polarity={polarity} />
              <Link href={mentionPath(mentionId)}>{text ?? 'erased'}</Link>
              <span className={css.quiet}>
                <Age at={occurredAt} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
