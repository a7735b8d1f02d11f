import type { ReactNode } from 'react';
import { Redirect } from 'wouter';
import type { Digest } from '../../contract/digests.ts';
import { useApi } from '../api/use-api.ts';
import { digestPath } from '../ui/links.ts';
import { Card, Page } from '../ui/page.tsx';
import { EmptyState, Loading, waitingFor } from '../ui/states.tsx';
import { dayName } from '../ui/time.ts';
import { capital } from '../ui/words.ts';
import { AspectTile } from './aspect-tile.tsx';
import { ByMail } from './by-mail.tsx';
import { DayPicker } from './day-picker.tsx';
import { DigestFooter } from './digest-footer.tsx';
import css from './digest-page.module.css';
import { Said } from './evidence-link.tsx';
import { LongTrend } from './long-trend.tsx';
import { ItemSection, QuoteList } from './quotes.tsx';
import { Themes } from './themes.tsx';
import { TopAccounts } from './top-accounts.tsx';
import { Verdict } from './verdict.tsx';
import { ClosedCases, Misroutes, OpenCases } from './work.tsx';

/** Goes to the newest day of a digest; without a name to the company's, else the first. */
export function NewestDigest({ name }: { readonly name: string | null }): ReactNode {
  const asked = useApi('listDigests', {});
  if (!asked.data) return <Page title="Digest">{waitingFor(asked)}</Page>;
  const { digests } = asked.data;
  const wanted =
    name === null
      ? (digests.find(({ department }) => department === null) ?? digests[0])
      : digests.find((digest) => digest.name === name);
  if (wanted) return <Redirect to={digestPath(wanted.name, wanted.today)} replace />;
  return (
    <Page title="Digest">
      <EmptyState title={name === null ? 'There is no digest yet' : `There is no digest called ${name}`}>
        <p>An administrator defines digests in earshot.yaml under “digests”.</p>
      </EmptyState>
    </Page>
  );
}

/** What customers said on one local day: the verdict first, then what it stands on. */
export function DigestPage({ name, date }: { readonly name: string; readonly date: string }): ReactNode {
  const asked = useApi('getDigest', { params: { name, date } });
  const digest = asked.data;
  const title = digest
    ? `${digest.department ? capital(digest.department) : digest.workspace}, ${digest.edition === 'day' ? dayName(digest.date) : digest.period}`
    : `Digest ${name}`;
  return (
    <Page title={title} aside={<DayPicker name={name} date={date} />}>
      {digest ? (
        <Content digest={digest} restated={digest.restated_since} />
      ) : (
        waitingFor(asked, <Loading rows={4} height={140} />)
      )}
    </Page>
  );
}

function Content({ digest, restated }: { readonly digest: Digest; readonly restated: string }): ReactNode {
  const quoted = digest.aspects.filter(({ quotes }) => quotes.length > 0);
  return (
    <>
      <Verdict digest={digest} restated={restated} />
      {digest.department !== null && <OpenCases digest={digest} />}
      {digest.aspects.length > 0 && (
        <div className={css.tiles}>
          {digest.aspects.map((aspect) => (
            <AspectTile key={aspect.aspect} tile={aspect} digest={digest} />
          ))}
        </div>
      )}
      <Themes digest={digest} />
      {quoted.length > 0 && (
        <Card title="In their words">
          <div className={css.quoted}>
            {quoted.map(({ aspect, quotes }) => (
              <section key={aspect}>
                <h3 className={css.name}>{capital(aspect)}</h3>
                <QuoteList items={quotes} />
              </section>
            ))}
          </div>
        </Card>
      )}
      <TopAccounts digest={digest} />
      <ItemSection title="Needs an answer" digest={digest} which="urgent" query={{ urgent: 'true' }} />
      <ItemSection title="Might leave" digest={digest} which="churn" query={{ intent: 'churn' }} />
      <ItemSection title="Wants to buy" digest={digest} which="purchase" query={{ intent: 'purchase' }} />
      {digest.department === null && <OpenCases digest={digest} />}
      <ClosedCases digest={digest} />
      <Misroutes digest={digest} />
      <LongTrend today={digest.date} />
      {digest.not_heard.length > 0 && (
        <Card title="Not heard">
          <ul className={css.list}>
            {digest.not_heard.map((said) => (
              <li key={said.text}>
                <Said said={said} />
              </li>
            ))}
          </ul>
        </Card>
      )}
      <ByMail name={digest.digest} />
      <DigestFooter digest={digest} />
    </>
  );
}
