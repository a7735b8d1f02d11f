import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Backtest } from '../../contract/config.ts';
import { dayOf, moment } from '../ui/time.ts';
import { count } from '../ui/words.ts';
import css from './config-page.module.css';

/** What a change would have done: who would have got what, who would have been told when, what digests would have counted. */
export function BacktestReport({ backtest }: { readonly backtest: Backtest }): ReactNode {
  const { from, to, messages, opinions, isPartial, moved, receivers, muted, added, gone } = backtest;
  const { spikes, late, digests } = backtest;
  const changed = receivers.filter(({ before, after }) => before !== after);
  return (
    <div className={css.report}>
      <p>
        {dayOf(from)} to {dayOf(to)}: {count(messages, 'message')} with {count(opinions, 'opinion')}
        {isPartial && ', the newest of more'}.
      </p>
      <section>
        <h3>Who gets them</h3>
        {moved.length === 0 && <p>No message would have gone to somebody else.</p>}
        <ul className={css.list}>
          {moved.map((move) => (
            <li key={`${move.from.join()} ${move.to.join()}`}>
              {namesOf(move.from)} → {namesOf(move.to)}: <strong>{count(move.messages, 'message')}</strong>
              <ul className={css.list}>
                {move.samples.map(({ mentionId, text }) => (
                  <li key={mentionId} className={css.sample}>
                    <Link href={`/mentions/${mentionId}`}>{text}</Link>
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h3>Who is notified</h3>
        {changed.length === 0 && <p>Every receiver would have been notified as often.</p>}
        <ul className={css.list}>
          {changed.map(({ receiver, before, after }) => (
            <li key={receiver}>
              {receiver}: <strong>{count(after, 'notification')}</strong> instead of{' '}
              {before.toLocaleString('en')}
            </li>
          ))}
          {muted.before !== muted.after && (
            <li>
              Held back at the end: <strong>{count(muted.after, 'opinion')}</strong> instead of{' '}
              {muted.before.toLocaleString('en')}
            </li>
          )}
          {added.map((one) => (
            <li key={`+${one.at} ${one.path} ${one.department} ${one.reason}`}>+ {lineOf(one)}</li>
          ))}
          {gone.map((one) => (
            <li key={`-${one.at} ${one.path} ${one.department} ${one.reason}`}>− {lineOf(one)}</li>
          ))}
          {spikes.added.map((one) => (
            <li key={`+${one.at} ${one.aspect}`}>+ {spikeOf(one)}</li>
          ))}
          {spikes.gone.map((one) => (
            <li key={`-${one.at} ${one.aspect}`}>− {spikeOf(one)}</li>
          ))}
          {late.before !== late.after && (
            <li>
              Past their time: <strong>{count(late.after, 'case')}</strong> instead of{' '}
              {late.before.toLocaleString('en')}
            </li>
          )}
        </ul>
      </section>
      {digests.length > 0 && (
        <section>
          <h3>What digests count</h3>
          <ul className={css.list}>
            {digests.map(({ digest, aspect, before, after }) => (
              <li key={`${digest} ${aspect}`}>
                {digest}, {aspect}: <strong>{count(after, 'message')}</strong> instead of{' '}
                {before.toLocaleString('en')}
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function namesOf(departments: readonly string[]): string {
  return departments.length === 0 ? 'nobody' : departments.join(' and ');
}

function spikeOf({ at, aspect, people, usual }: Backtest['spikes']['added'][number]): string {
  return `${moment(at)} spike on ${aspect}: ${count(people, 'person', 'people')}, usually ${Math.round(usual)}`;
}

function lineOf({ at, receiver, department, reason, opinions }: Backtest['added'][number]): string {
  const what = reason === 'first' || reason === 'new' ? count(opinions, 'opinion') : reason;
  return `${moment(at)} ${receiver} (${department}): ${what}`;
}
