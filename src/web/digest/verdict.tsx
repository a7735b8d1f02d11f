import type { ReactNode } from 'react';
import type { Digest } from '../../contract/digests.ts';
import css from './digest-page.module.css';
import { Evidence, Said } from './evidence-link.tsx';

/** What the day comes to in one line, the sentences it stands on, how much was heard, and what counts differently since it was sent. */
export function Verdict({
  digest,
  restated,
}: {
  readonly digest: Digest;
  readonly restated: string;
}): ReactNode {
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
              {compared.has_figures && <Change now={now} was={was} at={compared.at} />}
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
      {restated !== '' && <p className={css.restated}>{restated}</p>}
      {!window.is_over && (
        <p className={css.quiet}>
          The {digest.edition} is not over: compared with as much of {compared.name}.
        </p>
      )}
    </section>
  );
}

interface ChangeProps {
  readonly now: number;
  readonly was: number;
  /** When it was so, e.g. `on Sun 15 Nov`. */
  readonly at: string;
}

function Change({ now, was, at }: ChangeProps): ReactNode {
  const by = now - was;
  const sign = by > 0 ? '▲' : by < 0 ? '▼' : '=';
  return (
    <span className={css.change} title={`${was.toLocaleString('en')} ${at}`}>
      {sign} {by === 0 ? `as ${at}` : `${Math.abs(by).toLocaleString('en')} from ${was.toLocaleString('en')}`}
    </span>
  );
}
