import type { ReactNode } from 'react';
import type { Digest } from '../../contract/digests.ts';
import { capital, count } from '../ui/words.ts';
import css from './digest-page.module.css';
import { Evidence } from './evidence-link.tsx';
import { TrendBars } from './trend-bars.tsx';

type Tile = Digest['aspects'][number];
const POLARITIES = [
  { polarity: 'negative', glyph: '−' },
  { polarity: 'neutral', glyph: '=' },
  { polarity: 'positive', glyph: '+' },
] as const;

/** One aspect's day: how many people, how it changed, in which mood, and the days, weeks or months up to it. */
export function AspectTile({ tile, digest }: { readonly tile: Tile; readonly digest: Digest }): ReactNode {
  const { aspect, today, change, notes, trend, evidence } = tile;
  const moods = POLARITIES.map((mood) => ({ ...mood, people: today[mood.polarity].people }));
  const all = moods.reduce((sum, { people }) => sum + people, 0);
  return (
    <section className={css.tile} aria-label={capital(aspect)}>
      <h2 className={css.tileName}>{capital(aspect)}</h2>
      <p className={css.big}>
        <Evidence to={evidence.all}>{today.people.toLocaleString('en')}</Evidence>
        <span className={css.unit}>{today.people === 1 ? 'person' : 'people'}</span>
      </p>
      <p className={css.change}>{change}</p>
      <p className={css.quiet}>
        <Evidence to={evidence.all}>
          {count(today.messages, 'message')}, {count(today.accounts, 'account')}
        </Evidence>
      </p>
      <svg className={css.moods} viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
        {moods.map(({ polarity, people }, index) => {
          const before = moods.slice(0, index).reduce((sum, mood) => sum + mood.people, 0);
          return (
            <rect
              key={polarity}
              className={css[polarity]}
              x={all === 0 ? 0 : (100 * before) / all}
              width={all === 0 ? 0 : (100 * people) / all}
              height="6"
            />
          );
        })}
      </svg>
      <ul className={css.moodList}>
        {moods.map(({ polarity, glyph, people }) => (
          <li key={polarity} data-polarity={polarity}>
            <Evidence to={evidence[polarity]}>
              <span aria-hidden="true">{glyph}</span> {people.toLocaleString('en')}{' '}
              <span className={css.moodName}>{polarity}</span>
            </Evidence>
          </li>
        ))}
      </ul>
      <TrendBars trend={trend} aspect={aspect} edition={digest.edition} />
      {notes.map((note) => (
        <p key={note} className={css.quiet}>
          {note}
        </p>
      ))}
    </section>
  );
}
