import type { OutboundMessage } from '../domain/delivery.ts';

const SHORT_ID = 12;

/** One line of at most `length` characters without control characters: a subject, a title. */
export function oneLine(text: string, length: number): string {
  return cutText(text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim(), length);
}

/** Cuts the tail off, between code points. `length` counts UTF-16 units, as far sides do. */
export function cutText(text: string, length: number): string {
  if (text.length <= length) return text;
  return `${text.slice(0, length - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** For far sides that cannot deduplicate: people get something to tell a repeat by, the tail of the delivery's id. */
export function footerText(id: string): string {
  return `Earshot delivery ${id.slice(-SHORT_ID)}`;
}

/** The page about the message in Earshot; undefined when its payload names none. */
export function linkOf({ payload }: OutboundMessage): string | undefined {
  const [first] = Array.isArray(payload.opinions) ? payload.opinions : [];
  const link: unknown = payload.url ?? first?.link;
  const isLink = typeof link === 'string' && link.length <= 2_000 && URL.canParse(link);
  return isLink && /^https?:$/.test(new URL(link).protocol) ? new URL(link).href : undefined;
}
