import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link, useSearchParams } from 'wouter';
import type { z } from 'zod';
import { type EvidencePage as Evidence, EvidenceQuery } from '../../contract/digests.ts';
import { useApi } from '../api/use-api.ts';
import { OpinionChip, OriginalLink, PlatformIcon } from '../ui/bits.tsx';
import { digestPath, mentionPath } from '../ui/links.ts';
import { MarkedText } from '../ui/marked-text.tsx';
import { Card, Page } from '../ui/page.tsx';
import { EmptyState, Loading, waitingFor } from '../ui/states.tsx';
import { dayName, moment } from '../ui/time.ts';
import { count } from '../ui/words.ts';
import css from './evidence-page.module.css';

/** The messages behind one number of a digest, newest first. */
export function EvidencePage({ name, date }: { readonly name: string; readonly date: string }): ReactNode {
  const [search, setSearch] = useSearchParams();
  const query = queryOf(search);
  const asked = useApi('listEvidence', { params: { name, date }, query });
  const back = <Link href={digestPath(name, date)}>‹ Digest of {dayName(date)}</Link>;
  if (!asked.data)
    return (
      <Page title="Evidence" lead={back}>
        {waitingFor(asked, <Loading rows={4} height={110} />)}
      </Page>
    );
  const { total, mentions } = asked.data;
  const offset = Number(query.offset ?? 0);
  const seen = offset + mentions.length;
  return (
    <Page title={`${count(total, 'message')}${wordsOf(query)}`} lead={back}>
      {mentions.length === 0 && <EmptyState title="No message is behind this number" />}
      {mentions.map((mention) => (
        <EvidenceCard key={mention.mentionId} mention={mention} />
      ))}
      {seen < total && (
        <Button
          variant="default"
          onClick={() => {
            setSearch((current) => {
              const next = new URLSearchParams(current);
              next.set('offset', String(seen));
              return next;
            });
            window.scrollTo(0, 0);
          }}
        >
          The next ones ({offset + 1} to {seen} of {total} shown)
        </Button>
      )}
    </Page>
  );
}

type Query = z.input<typeof EvidenceQuery>;

/** What the address asks for; an address that no digest links to counts as one that asks for everything. */
function queryOf(search: URLSearchParams): Query {
  const given = Object.fromEntries([...search].filter(([key]) => key in EvidenceQuery.shape));
  return EvidenceQuery.safeParse(given).success ? given : {};
}

/** `: pricing, negative` and the like. */
function wordsOf({ offset: _, account, urgent, late, ...named }: Query): string {
  const words = [
    ...Object.values(named).flatMap((value) => (value === undefined ? [] : [value])),
    ...(account === undefined ? [] : ['of one account']),
    ...(urgent === undefined ? [] : ['urgent']),
    ...(late === undefined ? [] : ['arrived late']),
  ];
  return words.length > 0 ? `: ${words.join(', ')}` : '';
}

function EvidenceCard({ mention }: { readonly mention: Evidence['mentions'][number] }): ReactNode {
  const { mentionId, text, spans, author, account, platform, url, occurredAt, sources } = mention;
  return (
    <Card>
      <p className={css.meta}>
        <PlatformIcon platform={platform} />
        <strong>{author}</strong>
        {account && <span>{account}</span>}
        <time dateTime={occurredAt}>{moment(occurredAt)}</time>
        <span>heard by {sources.join(', ')}</span>
      </p>
      <MarkedText text={text} spans={spans} />
      <p className={css.foot}>
        {spans.map((span) => (
          <OpinionChip
            key={`${span.start} ${span.aspect}`}
            aspect={span.aspect}
            polarity={span.polarity}
            note={span.intent === 'none' ? undefined : span.intent}
          />
        ))}
        <Link href={mentionPath(mentionId)}>why, and where it went</Link>
        <OriginalLink url={url} />
      </p>
    </Card>
  );
}
