import { IconBrandX, IconMail, IconMessage, IconRss, IconStar, IconWorld } from '@tabler/icons-react';
import { createElement, type ReactNode } from 'react';
import css from './bits.module.css';
import { webAddress } from './links.ts';
import { useNow } from './now.tsx';
import { distance, moment } from './time.ts';
import { count, URGENCY_NAMES } from './words.ts';

export type Polarity = 'negative' | 'neutral' | 'positive';
const GLYPHS: Readonly<Record<Polarity, string>> = { negative: '−', neutral: '=', positive: '+' };

interface ChipProps {
  readonly aspect: string;
  /** Null: a person said that there is no opinion. */
  readonly polarity: Polarity | null;
  readonly note?: string | undefined;
}

/** An aspect and how it is spoken of; the glyph says it without the colour. */
export function OpinionChip({ aspect, polarity, note }: ChipProps): ReactNode {
  return (
    <span className={css.chip} data-polarity={polarity ?? 'none'}>
      <span aria-hidden="true">{polarity === null ? '○' : GLYPHS[polarity]}</span> {aspect}
      <span className={css.hidden}>, {polarity ?? 'no opinion'}</span>
      {note ? ` · ${note}` : ''}
    </span>
  );
}

export function TallyText({
  tally: { messages, people, accounts },
}: {
  readonly tally: { readonly messages: number; readonly people: number; readonly accounts: number };
}): ReactNode {
  return (
    <span className={css.tally}>
      {count(messages, 'msg')} · {count(people, 'person', 'people')} · {count(accounts, 'account')}
    </span>
  );
}

/** Three bars, as many filled as the urgency. */
export function Urgency({ level }: { readonly level: 0 | 1 | 2 | 3 }): ReactNode {
  return (
    <span className={css.urgency} data-level={level} title={URGENCY_NAMES[level]}>
      <span className={css.hidden}>{URGENCY_NAMES[level]}</span>
    </span>
  );
}

/** How long ago, with the exact moment behind it. */
export function Age({ at }: { readonly at: string }): ReactNode {
  return (
    <time dateTime={at} title={moment(at)}>
      {distance(at, useNow())}
    </time>
  );
}

export function PlatformIcon({ platform }: { readonly platform: string }): ReactNode {
  return (
    <span className={css.platform} title={platform}>
      {createElement(iconOf(platform), { size: 16, stroke: 1.75, 'aria-hidden': true })}
      <span className={css.hidden}>{platform}</span>
    </span>
  );
}

function iconOf(platform: string): typeof IconMail {
  if (platform === 'x' || platform === 'twitter') return IconBrandX;
  if (/mail/.test(platform)) return IconMail;
  if (/review|store|play/.test(platform)) return IconStar;
  if (/rss|feed|blog/.test(platform)) return IconRss;
  return platform === 'web' ? IconWorld : IconMessage;
}

/** A link to the platform's own page; without an address that a browser may follow there is none. */
export function OriginalLink({ url }: { readonly url: string | null }): ReactNode {
  const href = webAddress(url);
  if (href === null) return null;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      original<span className={css.hidden}>, opens in a new tab</span>
    </a>
  );
}

export function AccountBadge({
  account,
}: {
  readonly account: { readonly name: string; readonly tier: string } | null;
}): ReactNode {
  if (account === null) return null;
  return (
    <span className={css.account}>
      {account.name}
      {account.tier && <span className={css.tier}>tier {account.tier}</span>}
    </span>
  );
}

export function Hidden({ children }: { readonly children: ReactNode }): ReactNode {
  return <span className={css.hidden}>{children}</span>;
}
