import type { ReactNode } from 'react';
import { dayName } from '../ui/time.ts';
import css from './digest-page.module.css';

interface Props {
  readonly aspect: string;
  readonly edition: 'day' | 'week' | 'month';
  readonly trend: readonly { readonly date: string; readonly people: number }[];
}

const STEP = 10;
const HEIGHT = 32;

/** People a day over 14 days, or a week over 8, the last bar the one that the digest is about. */
export function TrendBars({ trend, aspect, edition }: Props): ReactNode {
  if (trend.length === 0) return null;
  const most = Math.max(1, ...trend.map(({ people }) => people));
  const least = Math.min(...trend.map(({ people }) => people));
  return (
    <figure className={css.trend}>
      <svg
        viewBox={`0 0 ${trend.length * STEP - 3} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`People a ${edition} on ${aspect} over ${trend.length} ${edition}s: ${trend.map(({ people }) => people).join(', ')}`}
      >
        {trend.map(({ date, people }, index) => {
          const height = Math.max(1, (people / most) * HEIGHT);
          return (
            <rect
              key={date}
              className={index === trend.length - 1 ? css.barToday : css.bar}
              x={index * STEP}
              y={HEIGHT - height}
              width={STEP - 3}
              height={height}
            >
              <title>{`${dayName(date)}: ${people}`}</title>
            </rect>
          );
        })}
      </svg>
      <figcaption className={css.quiet}>
        {trend.length} {edition}s, {least} to {most} people a {edition}
      </figcaption>
    </figure>
  );
}
