import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { CaseDetail } from '../../contract/cases.ts';
import { AccountBadge, OriginalLink, PlatformIcon } from '../ui/bits.tsx';
import { mentionPath } from '../ui/links.ts';
import { MarkedText } from '../ui/marked-text.tsx';
import { moment } from '../ui/time.ts';
import css from './case-detail.module.css';
import { WhyHere } from './why-here.tsx';

interface Props {
  readonly mention: CaseDetail['mentions'][number];
  readonly isFirst: boolean;
  readonly onCorrect: () => void;
}

/** One message of a case, the words of its opinions marked, and why it came here. */
export function MentionCard({ mention, isFirst, onCorrect }: Props): ReactNode {
  const { mentionId, author, account, platform, occurredAt, url, text, opinions, memberOpinionIds, reason } =
    mention;
  const members = opinions.filter(({ opinionId }) => memberOpinionIds.includes(opinionId));
  return (
    <article className={css.card} aria-label={`Message by ${author}`}>
      <div className={css.meta}>
        <PlatformIcon platform={platform} />
        <span className={css.author}>{author}</span>
        <AccountBadge account={account} />
        <time dateTime={occurredAt}>{moment(occurredAt)}</time>
        <OriginalLink url={url} />
        <Link href={mentionPath(mentionId)}>whole page</Link>
      </div>
      <MarkedText text={text} spans={opinions} />
      <details className={css.why} open={isFirst}>
        <summary>Why it came here</summary>
        <p className={css.quiet}>In this case by: {reason}.</p>
        {members.map((opinion) => (
          <WhyHere key={opinion.opinionId} opinion={opinion} />
        ))}
        {opinions.length > members.length && (
          <p className={css.quiet}>
            What else it says went to other departments; the whole page shows where.
          </p>
        )}
        <Button size="compact-xs" variant="default" mt="sm" onClick={onCorrect}>
          Wrong? Correct the label<kbd className={css.key}>l</kbd>
        </Button>
      </details>
    </article>
  );
}
