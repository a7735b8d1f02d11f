import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { z } from 'zod';
import type { ThreadMessage } from '../../contract/opinions.ts';
import { mentionPath } from '../ui/links.ts';
import { moment } from '../ui/time.ts';
import css from './case-detail.module.css';

/** The other messages of the conversation. */
export function ThreadPanel({
  thread,
}: {
  readonly thread: readonly z.infer<typeof ThreadMessage>[];
}): ReactNode {
  if (thread.length === 0) return null;
  return (
    <section className={css.card}>
      <h3 className={css.heading}>Same conversation</h3>
      <ul className={css.list}>
        {thread.map(({ mentionId, author, isOurs, occurredAt, text }) => (
          <li key={mentionId}>
            <Link href={mentionPath(mentionId)}>
              {author}
              {isOurs && ' (us)'}
            </Link>{' '}
            <span className={css.quiet}>{moment(occurredAt)}</span>
            <p>{text ?? 'Erased'}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
