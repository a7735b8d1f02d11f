import type { ReactNode } from 'react';
import type { Opinion } from '../../contract/opinions.ts';
import { OpinionChip } from '../ui/bits.tsx';
import { moment } from '../ui/time.ts';
import css from './case-detail.module.css';

/** What the model read out of some words, what decided it, and the routes it took. */
export function WhyHere({ opinion }: { readonly opinion: Opinion }): ReactNode {
  const { aspect, polarity, intent, confidence, why, routes, corrected } = opinion;
  // Taking a correction back is one more, with what held before.
  const isAsModelSaid = corrected?.aspect === aspect && corrected.polarity === polarity;
  return (
    <div className={css.opinion}>
      <div>
        <OpinionChip aspect={aspect} polarity={polarity} note={intent === 'none' ? undefined : intent} />
      </div>
      <dl className={css.facts}>
        <div>
          <dt>decided by</dt>
          <dd>{why.length > 0 ? why.map((word) => `“${word}”`).join(', ') : 'the sentence around it'}</dd>
        </div>
        <div>
          <dt>confidence</dt>
          <dd>{Math.round(confidence * 100)} %</dd>
        </div>
        {routes.map((route) => (
          <div key={`${route.department} ${route.receiver}`}>
            <dt>to {route.department}</dt>
            <dd className={css.path}>
              {route.why.map(({ path, matchers }, index) => (
                <span key={path}>
                  {index > 0 && ' › '}
                  {path} {matchers.length > 0 && <code>{matchers.join(', ')}</code>}
                </span>
              ))}{' '}
              → {route.receiver}
            </dd>
          </div>
        ))}
        {corrected && (
          <div>
            <dt>{isAsModelSaid ? 'confirmed' : 'corrected'}</dt>
            <dd>
              by {corrected.by}, {moment(corrected.at)}
              {!isAsModelSaid && `; the model had said ${corrected.aspect}, ${corrected.polarity}`}
            </dd>
          </div>
        )}
      </dl>
    </div>
  );
}
