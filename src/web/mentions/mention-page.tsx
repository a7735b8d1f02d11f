import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Mention } from '../../contract/mentions.ts';
import { useApi } from '../api/use-api.ts';
import { ThreadPanel } from '../inbox/thread-panel.tsx';
import { WhyHere } from '../inbox/why-here.tsx';
import { AccountBadge, OriginalLink, PlatformIcon } from '../ui/bits.tsx';
import { casePath } from '../ui/links.ts';
import { MarkedText } from '../ui/marked-text.tsx';
import { Card, Facts, Page } from '../ui/page.tsx';
import { EmptyState, waitingFor } from '../ui/states.tsx';
import { moment } from '../ui/time.ts';
import { capital, STATUS_NAMES, URGENCY_NAMES } from '../ui/words.ts';
import css from './mention-page.module.css';

/** One message: its words, what was read out of them and why, where each opinion went, and what is known of it. */
export function MentionPage({ id }: { readonly id: string }): ReactNode {
  const isId = /^\d{1,18}$/.test(id);
  const asked = useApi('getMention', { params: { id } }, { isOff: !isId });
  if (!isId)
    return (
      <Page title="Message">
        <EmptyState title="There is no message at this address" />
      </Page>
    );
  if (!asked.data) return <Page title="Message">{waitingFor(asked)}</Page>;
  const mention = asked.data;
  const { author, platform, occurredAt, url, account, text, opinions, thread } = mention;
  return (
    <Page
      title={author}
      lead={
        <span className={css.meta}>
          <PlatformIcon platform={platform} />
          <AccountBadge account={account} />
          <time dateTime={occurredAt}>{moment(occurredAt)}</time>
          <OriginalLink url={url} />
        </span>
      }
    >
      <Card>
        <MarkedText text={text} spans={opinions} />
      </Card>
      {opinions.length > 0 && (
        <Card title="Why, and where it went">
          {opinions.map((opinion) => (
            <div key={opinion.opinionId} className={css.opinion}>
              {text !== null && <p className={css.words}>“{text.slice(opinion.start, opinion.end)}”</p>}
              <WhyHere opinion={opinion} />
            </div>
          ))}
        </Card>
      )}
      <ThreadPanel thread={thread} />
      <Card title="What is known of it">
        <Facts of={factsOf(mention)} />
      </Card>
    </Page>
  );
}

function factsOf(mention: Mention): readonly (readonly [string, ReactNode])[] {
  const { sources, outcome, outcomeReason, lang, urgency, linkRule, cases } = mention;
  return [
    ['heard by', sources.join(', ') || 'nobody'],
    ['outcome', `${outcome ?? 'not analysed yet'}${outcomeReason ? `: ${outcomeReason}` : ''}`],
    ['cases', cases.length === 0 ? 'none that you may see' : <CaseLinks cases={cases} />],
    ['language', lang ?? 'unknown'],
    ['urgency', urgency === null ? 'unknown' : `${URGENCY_NAMES[urgency]} (${urgency} of 3)`],
    ['account by', linkRule ?? 'no rule matched'],
  ];
}

function CaseLinks({ cases }: Pick<Mention, 'cases'>): ReactNode {
  return (
    <ul>
      {cases.map(({ id, department, status }) => (
        <li key={id}>
          <Link href={casePath(id)}>
            {capital(department)}, {STATUS_NAMES[status].toLowerCase()}
          </Link>
        </li>
      ))}
    </ul>
  );
}
