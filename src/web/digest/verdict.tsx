import type { ReactNode } from 'react';
import type { Digest } from '../../contract/digests.ts';
import { dayName } from '../ui/time.ts';
import css from './digest-page.module.css';
import { Evidence, Said } from './evidence-link.tsx';

/** What the day comes to in one line, the sentences it stands on, and how much was heard. */
export function Verdict({ digest }: { readonly digest: Digest }): ReactNode {
  const { verdict, total, total_before: before, compared_with: compared, window, late } = digest;
  const numbers = [
    { name: 'messages', now: total.messages, was: before.messages },
    { name: 'people', now: total.people, was: before.people },
    { name: 'accounts', now: total.accounts, was: before.accounts },
  ];
  return (
    <section className={css.verdict} aria-label="Verdict">
      <p className={css.subject}>
        <Evidence to={verdict.sentences[0]?.evidence ?? total.evidence}>{verdict.subject}</Evidence>
      </p>
      {verdict.sentences.map((said) => (
        <p key={said.text}>
          <Said said={said} />
        </p>
      ))}
      <dl className={css.totals}>
        {numbers.map(({ name, now, was }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <Evidence to={total.evidence}>
                <strong>{now.toLocaleString('en')}</strong>
              </Evidence>
              {compared.has_figures && <Change now={now} was={was} on={compared.date} />}
            </dd>
          </div>
        ))}
        {late.messages > 0 && (
          <div>
            <dt>arrived late</dt>
            <dd>
              <Evidence to={late.evidence}>
                <strong>{late.messages.toLocaleString('en')}</strong>
              </Evidence>
            </dd>
          </div>
        )}
      </dl>
      {!window.is_over && (
        <p className={css.quiet}>The day is not over: compared with as much of {dayName(compared.date)}.</p>
      )}
    </section>
  );
}

interface ChangeProps {
  readonly now: number;
  readonly was: number;
  readonly on: string;
}

function Change({ now, was, on }: ChangeProps): ReactNode {
  const by = now - was;
  const sign = by > 0 ? '▲' : by < 0 ? '▼' : '=';
  return (
    <span className={css.change} title={`${was.toLocaleString('en')} on ${dayName(on)}`}>
      {sign}{' '}
      {by === 0
        ? 'as the week before'
        : `${Math.abs(by).toLocaleString('en')} from ${was.toLocaleString('en')}`}
    </span>
  );
}
