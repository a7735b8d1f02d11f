import type { ReactNode } from 'react';
import type { Digest } from '../../contract/digests.ts';
import { Card } from '../ui/page.tsx';
import { capital } from '../ui/words.ts';
import css from './digest-page.module.css';
import { Evidence } from './evidence-link.tsx';
import { QuoteList } from './quotes.tsx';

/** What changed: each theme with its stage, its numbers, what is being done, and customers' words. */
export function Themes({ digest }: { readonly digest: Digest }): ReactNode {
  const { themes, stayed, restated_words: restated } = digest;
  const notes = [...stayed, ...(restated === '' ? [] : [restated])];
  if (themes.length === 0 && notes.length === 0) return null;
  return (
    <Card title="What changed">
      <div className={css.quoted}>
        {themes.map(({ id, name, aspect, stage, words, standing, evidence, quotes }) => (
          <section key={id}>
            <h3 className={css.theme}>
              <span className={css.stage} data-stage={stage}>
                {capital(stage)}
              </span>{' '}
              <Evidence to={evidence}>“{name}”</Evidence> <span className={css.quiet}>{aspect}</span>
            </h3>
            <p>
              <Evidence to={evidence}>{words}</Evidence>
            </p>
            <p className={css.standing}>{capital(standing)}</p>
            <QuoteList items={quotes} />
          </section>
        ))}
      </div>
      {notes.map((note) => (
        <p key={note} className={css.note}>
          {note}
        </p>
      ))}
    </Card>
  );
}
