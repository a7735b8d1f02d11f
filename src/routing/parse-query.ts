import { DateTime } from 'luxon';
import { CASE_STATUSES, type CaseStatus } from '../domain/case.ts';
import type { CaseFact, Comparison, Query } from '../domain/query.ts';
import type { Matcher } from '../domain/routing.ts';
import { AppError } from '../lib/app-error.ts';
import { closestWord } from '../lib/closest-word.ts';
import { parseDuration } from '../lib/duration.ts';
import { unknownValueMessage } from './labels.ts';

/** Query words that cannot be read; `column` counts the UTF-16 code units of the text from 1. */
export class QueryFault extends AppError {
  readonly column: number;
  /** What is wrong and what to do, without the column. */
  readonly reason: string;

  constructor(column: number, reason: string) {
    super('invalid-input', `search, character ${column}: ${reason}`);
    this.column = column;
    this.reason = reason;
  }
}

export interface QueryWorld {
  /** What `7d` counts back from. */
  readonly now: Date;
  /** IANA zone in which a date begins. */
  readonly zone: string;
  readonly aspects: readonly string[];
  readonly departments: readonly string[];
}

/** What query words call a label, where that is not its own name. */
const LABEL_WORDS = {
  dept: 'department',
  department: 'department',
  aspect: 'aspect',
  polarity: 'polarity',
  intent: 'intent',
  source: 'source',
  platform: 'platform',
  lang: 'lang',
  account: 'account',
  tier: 'tier',
  urgency: 'urgency',
  text: 'text',
} as const;
const FACT_WORDS = ['is', 'assignee', 'since', 'before'] as const;
const COUNT_WORDS = ['messages', 'people', 'accounts'] as const;

type LabelWord = keyof typeof LABEL_WORDS;
type FactWord = (typeof FACT_WORDS)[number];
type CountWord = (typeof COUNT_WORDS)[number];
const WORDS: readonly string[] = [...Object.keys(LABEL_WORDS), ...FACT_WORDS, ...COUNT_WORDS];

const SHORT: Readonly<Record<string, string>> = { neg: 'negative', pos: 'positive', neu: 'neutral' };

/** One thing asked for, as it stands in the text. */
interface Term {
  readonly at: number;
  readonly isNot: boolean;
  /** Missing for words that are looked for in the text. */
  readonly word?: string;
  readonly comparison: Comparison | ':';
  readonly valueAt: number;
  readonly values: readonly Value[];
}

interface Value {
  readonly text: string;
  /** In quotes `*` is a star. */
  readonly isQuoted: boolean;
}

/** Splits the text into terms; every `read…` starts at `offset` and moves it past what it read. */
class TermReader {
  private offset = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  readAll(): Term[] {
    const terms: Term[] = [];
    while (this.skipSpace()) terms.push(this.readTerm());
    return terms;
  }

  private readTerm(): Term {
    const at = this.offset;
    const isNot = this.text[at] === '-';
    if (isNot) this.offset += 1;
    const head = /^([\p{L}_]+)(:|[<>]=?|=)/u.exec(this.text.slice(this.offset));
    if (head === null) {
      const valueAt = this.offset;
      const value = this.readValue(/^[^\s"]+/, 'expected a word after "-"');
      return { at, isNot, comparison: ':', valueAt, values: [value] };
    }
    this.offset += head[0].length;
    const [, word = '', comparison = ':'] = head;
    const valueAt = this.offset;
    const missing = `expected a value right after "${head[0]}"`;
    const values = [this.readValue(/^[^\s",]+/, missing)];
    while (this.text[this.offset] === ',') {
      this.offset += 1;
      values.push(this.readValue(/^[^\s",]+/, missing));
    }
    return { at, isNot, word: word.toLowerCase(), comparison: comparison as Comparison, valueAt, values };
  }

  private readValue(bare: RegExp, missing: string): Value {
    const rest = this.text.slice(this.offset);
    if (rest.startsWith('"')) {
      const quoted = /^"([^"]*)"/.exec(rest);
      if (quoted === null) throw new QueryFault(this.offset + 1, 'missing closing quote (")');
      if (quoted[1] === '') throw new QueryFault(this.offset + 1, 'nothing stands between the quotes');
      this.offset += quoted[0].length;
      return { text: quoted[1] ?? '', isQuoted: true };
    }
    const found = bare.exec(rest);
    if (found === null) throw new QueryFault(this.offset + 1, missing);
    this.offset += found[0].length;
    return { text: found[0], isQuoted: false };
  }

  /** Whether something is left to read. */
  private skipSpace(): boolean {
    while (/\s/.test(this.text.charAt(this.offset))) this.offset += 1;
    return this.offset < this.text.length;
  }
}

/**
 * Reads query words such as `dept:pricing polarity:neg tier:1 is:unassigned since:7d "per seat" -source:x people>3`. All of them have
 * to hold; `a,b` is one or the other, `-` turns a term around, `*` stands for anything. Bare words are looked for in the text.
 * Throws {@link QueryFault} at the first fault.
 */
export function parseQuery(text: string, world: QueryWorld): Query {
  const matchers: Matcher[] = [];
  const facts: CaseFact[] = [];
  for (const term of new TermReader(text).readAll()) {
    const { word } = term;
    if (word === undefined) matchers.push(textMatcher(term));
    else if (Object.hasOwn(LABEL_WORDS, word)) matchers.push(labelMatcher(term, word as LabelWord, world));
    else if (FACT_WORDS.some((known) => known === word)) facts.push(factOf(term, word as FactWord, world));
    else if (COUNT_WORDS.some((known) => known === word)) facts.push(countOf(term, word as CountWord));
    else throw unknownWord(term, word);
  }
  return { matchers, facts };
}

/** Reads query words that only name labels, as a silence needs them. Throws {@link QueryFault}. */
export function parseLabelQuery(text: string, world: QueryWorld): readonly Matcher[] {
  const about = new TermReader(text).readAll().find(({ word }) => word !== undefined && isFactWord(word));
  if (about)
    throw new QueryFault(
      about.at + 1,
      `"${about.word}" asks about a case; only what stands in a message can be named here`,
    );
  const { matchers } = parseQuery(text, world);
  if (matchers.length === 0) throw new QueryFault(1, 'nothing is asked for, write for instance dept:sales');
  return matchers;
}

function isFactWord(word: string): boolean {
  return [...FACT_WORDS, ...COUNT_WORDS].some((known) => known === word);
}

function unknownWord({ at, isNot }: Term, word: string): QueryFault {
  const meant = closestWord(word, WORDS);
  return new QueryFault(
    at + (isNot ? 2 : 1),
    `"${word}" is no word that a search knows, ${meant === undefined ? `use one of ${WORDS.join(', ')}, or put it in quotes` : `did you mean "${meant}"?`}`,
  );
}

/** Escapes what RE2 and Postgres take for more than itself. */
function literal(text: string): string {
  return text.replaceAll(/[\\^$.|?*+()[\]{}]/g, String.raw`\$&`);
}

function patternOf({ text, isQuoted }: Value): string {
  return isQuoted ? literal(text) : text.split('*').map(literal).join('.*');
}

/** In whatever case, anywhere in the text. */
function textMatcher({ isNot, values }: Term): Matcher {
  return {
    label: 'text',
    op: isNot ? '!~' : '=~',
    value: `(?i).*(?:${values.map(patternOf).join('|')}).*`,
  };
}

function labelMatcher(term: Term, word: LabelWord, world: QueryWorld): Matcher {
  const label = LABEL_WORDS[word];
  if (label === 'text') return textMatcher(term);
  if (term.comparison !== ':') return rangeMatcher(term, label);
  const values = term.values.map((value) => ({ ...value, text: SHORT[value.text] ?? value.text }));
  for (const { text } of values) {
    const fault = text.includes('*') ? undefined : unknownValueMessage(label, text, world);
    if (fault !== undefined) throw new QueryFault(term.valueAt + 1, fault);
  }
  const [only] = values;
  const isPlain = values.length === 1 && only !== undefined && (only.isQuoted || !only.text.includes('*'));
  if (isPlain) return { label, op: term.isNot ? '!=' : '=', value: only.text };
  const isWild = values.some(({ text, isQuoted }) => !isQuoted && text.includes('*'));
  const pattern = values.map(patternOf).join('|');
  return { label, op: term.isNot ? '!~' : '=~', value: isWild ? `(?i)(?:${pattern})` : pattern };
}

/** `urgency>=2`; what is compared are the digits 0 to 3. */
function rangeMatcher({ at, isNot, word, comparison, valueAt, values }: Term, label: string): Matcher {
  if (label !== 'urgency')
    throw new QueryFault(at + 1, `"${word}" cannot be compared, write ${word}:value instead`);
  const number = numberOf(values, valueAt);
  const fitting = [0, 1, 2, 3].filter((each) => compares(each, comparison, number));
  if (fitting.length === 0) throw new QueryFault(valueAt + 1, 'urgency goes from 0 to 3');
  return { label, op: isNot ? '!~' : '=~', value: fitting.join('|') };
}

function compares(value: number, comparison: Comparison | ':', limit: number): boolean {
  switch (comparison) {
    case '<':
      return value < limit;
    case '<=':
      return value <= limit;
    case '>':
      return value > limit;
    case '>=':
      return value >= limit;
    case '=':
    case ':':
    default:
      return value === limit;
  }
}

function numberOf(values: readonly Value[], at: number): number {
  const text = only(values, at);
  if (!/^\d{1,9}$/.test(text)) throw new QueryFault(at + 1, `"${text}" is no whole number`);
  return Number(text);
}

function only(values: readonly Value[], at: number): string {
  const [first, second] = values;
  if (first === undefined || second !== undefined)
    throw new QueryFault(at + 1, 'only one value can stand here');
  return first.text;
}

function factOf(term: Term, word: FactWord, world: QueryWorld): CaseFact {
  const { at, isNot, comparison, valueAt, values } = term;
  if (comparison !== ':') throw new QueryFault(at + 1, `write ${word}:value`);
  const value = only(values, valueAt);
  if (word === 'is') return stateOf(value, isNot, valueAt);
  if (word === 'assignee') return { kind: 'assignee', person: value, isNot };
  if (isNot)
    throw new QueryFault(at + 1, `write ${word === 'since' ? 'before' : 'since'}: instead of -${word}:`);
  return { kind: word, at: momentOf(value, valueAt, world).toISOString() };
}

const STATES = ['unassigned', 'mine', 'unread', 'disputed', 'overdue', ...CASE_STATUSES] as const;

function stateOf(value: string, isNot: boolean, at: number): CaseFact {
  if (value === 'unassigned') return { kind: 'assignee', person: 'nobody', isNot };
  if (value === 'mine') return { kind: 'assignee', person: 'me', isNot };
  if (value === 'unread' || value === 'disputed' || value === 'overdue') return { kind: value, isNot };
  if (CASE_STATUSES.some((known) => known === value))
    return { kind: 'status', status: value as CaseStatus, isNot };
  const meant = closestWord(value, STATES);
  throw new QueryFault(
    at + 1,
    `a case is never "${value}", ${meant === undefined ? `use one of ${STATES.join(', ')}` : `did you mean "${meant}"?`}`,
  );
}

function momentOf(value: string, at: number, { now, zone }: QueryWorld): Date {
  const ago = parseDuration(value);
  if (ago !== undefined) return new Date(now.getTime() - ago);
  const day = /^\d{4}-\d{2}-\d{2}$/.test(value) ? DateTime.fromISO(value, { zone }) : null;
  if (day?.isValid) return day.toJSDate();
  const moment = /^\d{4}-\d{2}-\d{2}T/.test(value) ? DateTime.fromISO(value, { zone }) : null;
  if (moment?.isValid) return moment.toJSDate();
  throw new QueryFault(at + 1, `"${value}" is no time, write 7d, 12h or a date like 2026-11-02`);
}

function countOf({ at, isNot, comparison, valueAt, values }: Term, of: CountWord): CaseFact {
  if (isNot) throw new QueryFault(at + 1, `turn the comparison around instead, e.g. ${of}<3`);
  return {
    kind: 'count',
    of,
    comparison: comparison === ':' ? '=' : comparison,
    number: numberOf(values, valueAt),
  };
}
