import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Digest } from '../../contract/digests.ts';
import { OpinionChip, PlatformIcon } from '../ui/bits.tsx';
import { digestPath, mentionPath } from '../ui/links.ts';
import { Card } from '../ui/page.tsx';
import { count } from '../ui/words.ts';
import css from './digest-page.module.css';
import { Evidence } from './evidence-link.tsx';

type Item = Digest['urgent']['items'][number];

/** Quoted words, each a link to its mention. */
export function QuoteList({ items }: { readonly items: readonly Item[] }): ReactNode {
  return (
    <ul className={css.list}>
      {items.map(({ mention, text, aspect, polarity, intent, platform, account }, index) => (
        <li key={`${mention} ${index}`} className={css.quote} data-polarity={polarity}>
          <p className={css.said}>
            <Link href={mentionPath(mention)}>{text === null ? 'erased since' : `“${text}”`}</Link>
          </p>
          <p className={css.from}>
            <OpinionChip aspect={aspect} polarity={polarity} note={intent === 'none' ? undefined : intent} />
            <PlatformIcon platform={platform} />
            {account && <strong>{account}</strong>}
          </p>
        </li>
      ))}
    </ul>
  );
}

interface SectionProps {
  readonly title: string;
  readonly digest: Digest;
  readonly which: 'urgent' | 'purchase' | 'churn';
  readonly query: Readonly<Record<string, string>>;
}

/** Messages that want somebody now; nothing when there were none. */
export function ItemSection({ title, digest, which, query }: SectionProps): ReactNode {
  const { today, before, items } = digest[which];
  if (today.messages === 0) return null;
  const evidence = `${digestPath(digest.digest, digest.date)}/evidence?${new URLSearchParams(query).toString()}`;
  return (
    <Card title={title}>
      <p className={css.sectionLead}>
        <Evidence to={evidence}>
          {count(today.messages, 'message')} of {count(today.people, 'person', 'people')},{' '}
          {count(today.accounts, 'account')}
        </Evidence>
        {digest.compared_with.has_figures && (
          <span className={css.quiet}>
            {' '}
            · {before.messages.toLocaleString('en')} {digest.compared_with.at}
          </span>
        )}
      </p>
      <QuoteList items={items} />
    </Card>
  );
}
