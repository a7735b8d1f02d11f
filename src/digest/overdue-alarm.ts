import type { OutboundMessage } from '../domain/delivery.ts';
import type { OverdueCase } from '../domain/due.ts';
import { printable } from '../lib/printable.ts';
import { localDate, localTime } from './calendar.ts';
import { count, cut, number, people, shortDate } from './words.ts';

interface Setting {
  /** IANA zone of the times. */
  readonly zone: string;
  readonly publicUrl: string;
  readonly now: Date;
}

/** Cases named before the rest is only counted. */
const SHOWN = 10;
const QUOTE_LENGTH = 200;
const NAME_LENGTH = 60;

/** Tells one level up of cases that nobody closed in time, most urgent first. Pure. */
export function composeOverdue(
  cases: readonly OverdueCase[],
  { zone, publicUrl, now }: Setting,
): OutboundMessage {
  const ordered = cases.toSorted((a, b) => b.urgency - a.urgency || a.dueAt.getTime() - b.dueAt.getTime());
  const departments = [...new Set(ordered.map(({ department }) => department))];
  const subject = cut(
    printable(
      `Overdue in ${departments.slice(0, 3).join(', ')}: ${count(cases.length, 'case')} not closed in time`,
    ),
    150,
  );
  const shown = ordered
    .slice(0, SHOWN)
    .map((one) => ({ ...one, url: `${publicUrl}/inbox?case=${one.caseId}` }));
  const more = ordered.length - shown.length;
  return {
    // Noticing happens once a case, so its cases name it.
    id: `overdue:${cases[0]?.caseId}:${cases.length}:${cases.at(-1)?.caseId}`,
    kind: 'alarm',
    subject,
    text: [
      subject,
      '',
      ...shown.map((one) => `${lineOf(one, zone)}\n  ${one.url}`),
      ...(more > 0 ? [`and ${number(more)} more`] : []),
    ].join('\n'),
    payload: {
      overdue: cases.length,
      cases: shown.map(({ dueAt, quote, ...one }) => ({
        ...one,
        dueAt: dueAt.toISOString(),
        quote: quote === null ? null : cut(printable(quote.trim()), QUOTE_LENGTH),
      })),
    },
    createdAt: now,
  };
}

function lineOf(
  { caseId, department, dueAt, owner, people: speakers, urgency, quote }: OverdueCase,
  zone: string,
): string {
  const at = dueAt.getTime();
  const who = owner === null ? 'nobody has it' : `${cut(printable(owner), NAME_LENGTH)} has it`;
  const words = quote === null ? '' : ` · “${cut(printable(quote.trim()), QUOTE_LENGTH)}”`;
  return `Case ${caseId} (${cut(department, NAME_LENGTH)}, urgency ${urgency}), due ${shortDate(localDate(zone, at))} ${localTime(zone, at)}, ${who}: ${people(speakers)}${words}`;
}
