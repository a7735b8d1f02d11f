import type { ReactNode } from 'react';
import type { TrendDay } from '../../contract/trend.ts';
import { useApi } from '../api/use-api.ts';
import { Card } from '../ui/page.tsx';
import { addDays, dayName } from '../ui/time.ts';
import { capital, count } from '../ui/words.ts';
import css from './digest-page.module.css';

const DAYS = 90;
const STEP = 4;
const HEIGHT = 40;

/** Opinions a day, for ninety days at most, an aspect a row: bad ones below the line, all others above it. */
export function LongTrend({ today }: { readonly today: string }): ReactNode {
  const days = useApi('getTrend', { query: { days: DAYS } }).data?.days ?? [];
  const aspects = [...new Set(days.map(({ aspect }) => aspect))];
  if (new Set(days.map(({ date }) => date)).size < 2) return null;
  const most = Math.max(
    1,
    ...days.map(({ negative, neutral, positive }) => Math.max(negative, neutral + positive)),
  );
  const dates = Array.from({ length: DAYS }, (_, index) => addDays(today, index + 1 - DAYS));
  const first = dates.findIndex((date) => days.some((day) => day.date === date));
  return (
    <Card title="Over time">
      <div className={css.long}>
        {aspects.map((aspect) => (
          <AspectRow
            key={aspect}
            aspect={aspect}
            most={most}
            dates={dates.slice(Math.max(0, first))}
            days={new Map(days.filter((day) => day.aspect === aspect).map((day) => [day.date, day]))}
          />
        ))}
      </div>
      <p className={css.quiet}>
        Opinions a day as they were routed: bad ones hang below the line. One scale for all, its end is {most}
        .
      </p>
    </Card>
  );
}

interface RowProps {
  readonly aspect: string;
  readonly most: number;
  readonly dates: readonly string[];
  readonly days: ReadonlyMap<string, TrendDay>;
}

function AspectRow({ aspect, most, dates, days }: RowProps): ReactNode {
  const all = [...days.values()];
  const negative = all.reduce((sum, day) => sum + day.negative, 0);
  const other = all.reduce((sum, day) => sum + day.neutral + day.positive, 0);
  const words = `${count(negative + other, 'opinion')}, ${negative.toLocaleString('en')} of them bad`;
  const scale = (value: number): number => (value === 0 ? 0 : Math.max(1, (value / most) * HEIGHT));
  return (
    <figure className={css.longRow}>
      <figcaption>
        <strong>{capital(aspect)}</strong> <span className={css.quiet}>{words}</span>
      </figcaption>
      <svg
        viewBox={`0 0 ${dates.length * STEP} ${HEIGHT * 2}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${capital(aspect)} over ${dates.length} days: ${words}`}
      >
        {dates.map((date, index) => {
          const day = days.get(date);
          if (!day) return null;
          const above = scale(day.neutral + day.positive);
          return (
            <g key={date}>
              <rect
                className={css.barOther}
                x={index * STEP}
                y={HEIGHT - above}
                width={STEP - 1}
                height={above}
              />
              <rect
                className={css.barBad}
                x={index * STEP}
                y={HEIGHT}
                width={STEP - 1}
                height={scale(day.negative)}
              />
              <title>{`${dayName(date)}: ${day.negative} bad, ${day.neutral + day.positive} other`}</title>
            </g>
          );
        })}
      </svg>
    </figure>
  );
}
