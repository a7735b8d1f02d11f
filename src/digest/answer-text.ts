import type { Answer, AnswerQuote, RosterLine, Verdict } from '../domain/answer.ts';
import { printable } from '../lib/printable.ts';
import { displayWidth, fitColumn, wrap } from './answer-table.ts';
import { localDate } from './calendar.ts';
import { capitalised, count, cut, people, shortDate } from './words.ts';

const WIDTH = 100;
const LONGEST_NAME = 24;
const LONGEST_QUOTE = 220;
/** More accounts' words are in the JSON form. */
const MOST_QUOTED = 20;

const GLYPHS: Readonly<Record<Verdict, string>> = {
  likes: '+',
  mixed: '±',
  dislikes: '−',
  'no-verdict': '○',
  silent: '·',
};

/** The answer for a terminal, lines of at most 100 columns but for links. `zone`: in which dates are told. */
export function renderAnswer(answer: Answer, zone: string): string[] {
  const { understood, counts, sentence, notices, roster } = answer;
  const thisYear = localDate(zone, Date.parse(understood.to)).slice(0, 4);
  const dateOf = (instant: string): string => {
    const date = localDate(zone, Date.parse(instant));
    const isThisYear = date.startsWith(thisYear);
    return isThisYear
      ? shortDate(date)
      : `${shortDate(date).split(' ').slice(1).join(' ')} ${date.slice(0, 4)}`;
  };
  const asked = `${capitalised(understood.cohort)} on ${understood.subject}, ${understood.window} (${dateOf(understood.from)} to ${dateOf(understood.to)})`;
  return [
    ...wrap(printable(asked), WIDTH),
    '',
    ...wrap(printable(sentence), WIDTH),
    ...wrap(
      `${count(counts.messages, 'message')} · ${people(counts.people)} · ${count(counts.heard, 'account')}`,
      WIDTH,
    ),
    ...notices.flatMap((notice) => wrap(printable(notice), WIDTH)),
    '',
    ...renderRoster(roster, dateOf),
    ...renderBut(answer, dateOf),
    ...renderQuotes(roster, dateOf),
  ];
}

type DateOf = (instant: string) => string;

function renderRoster(roster: readonly RosterLine[], dateOf: DateOf): string[] {
  const nameWidth = Math.min(
    LONGEST_NAME,
    Math.max(7, ...roster.map(({ account }) => displayWidth(printable(account)))),
  );
  const row = (cells: readonly string[]): string => {
    const [
      glyph = '',
      account = '',
      tier = '',
      revenue = '',
      verdict = '',
      messages = '',
      persons = '',
      heard = '',
    ] = cells;
    return [
      fitColumn(glyph, 1),
      fitColumn(account, nameWidth),
      fitColumn(tier, 8),
      fitColumn(revenue, 8, 'right'),
      fitColumn(verdict, 10),
      fitColumn(messages, 4, 'right'),
      fitColumn(persons, 6, 'right'),
      fitColumn(heard, 32).trimEnd(),
    ]
      .join(' ')
      .trimEnd();
  };
  const lines = roster.map((line) =>
    row([
      GLYPHS[line.verdict],
      printable(line.account),
      printable(line.tier),
      money(line.revenue),
      line.verdict.replace('-', ' '),
      line.messages === 0 ? '' : String(line.messages),
      line.people === 0 ? '' : String(line.people),
      lastHeard(line, dateOf),
    ]),
  );
  return [row(['', 'account', 'tier', 'revenue', 'verdict', 'msgs', 'people', 'last heard']), ...lines];
}

function lastHeard({ lastHeardAt, otherMessages, verdict }: RosterLine, dateOf: DateOf): string {
  if (lastHeardAt === null) return 'never';
  const others = verdict === 'silent' && otherMessages > 0 ? `, ${otherMessages} on other things` : '';
  return `${dateOf(lastHeardAt)}${others}`;
}

/** `1.2M`, `350K`; nothing when unknown. */
function money(revenue: number | null): string {
  return revenue === null
    ? ''
    : new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 }).format(revenue);
}

function renderBut({ but }: Answer, dateOf: DateOf): string[] {
  if (but === null) return [];
  return [
    '',
    ...wrap(`Unhappy with ${but.aspect}: ${but.accounts.map(printable).join(', ')}`, WIDTH),
    ...(but.quote === null ? [] : renderQuote('−', but.quote, dateOf)),
  ];
}

function renderQuotes(roster: readonly RosterLine[], dateOf: DateOf): string[] {
  const quoted = roster.filter(({ positive, negative }) => positive !== null || negative !== null);
  const shown = quoted
    .slice(0, MOST_QUOTED)
    .flatMap(({ account, positive, negative }) => [
      '',
      printable(account),
      ...(positive === null ? [] : renderQuote('+', positive, dateOf)),
      ...(negative === null ? [] : renderQuote('−', negative, dateOf)),
    ]);
  const more = quoted.length - MOST_QUOTED;
  return more > 0
    ? [
        ...shown,
        '',
        `The words of ${more} more ${more === 1 ? 'account' : 'accounts'} are in the --json form.`,
      ]
    : shown;
}

function renderQuote(
  glyph: string,
  { text, author, link, occurredAt, kind }: AnswerQuote,
  dateOf: DateOf,
): string[] {
  const words = text === null ? '[erased since]' : `“${cut(printable(text), LONGEST_QUOTE)}”`;
  const source = [printable(author), kind, dateOf(occurredAt)].filter(Boolean).join(', ');
  const [first = '', ...rest] = wrap(`${words} (${source})`, WIDTH - 4);
  return [`  ${glyph} ${first}`, ...rest.map((line) => `    ${line}`), `    ${printable(link)}`];
}
