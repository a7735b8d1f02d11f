import { BUCKET_MS, cutSpans, isWholeBucket, type Span } from '../digest/counting/spans.ts';
import type { CutOff, DayWindow } from '../domain/digest.ts';
import type { Pins, Rollup, RollupFacts, RollupSpan, SaidLabel } from '../domain/rollup.ts';
import type { Database, Sql } from './database.ts';
import {
  COUNT_SPANS,
  HOLD_MAKING,
  LIST_KEPT,
  LIST_STALE,
  MAKE_ROLLUPS,
  READ_KEPT,
  READ_KEPT_FACTS,
  READ_PINS,
  SIZE_SPANS,
} from './rollup-sql.ts';

/** What one statement counts, so that it ends long before it may no longer last. */
const MENTIONS_AT_ONCE = 50_000;
/** By how much a kept mention is cheaper, so that one statement reads more of them. */
const KEPT_SAVES = 8;
/** How many rollups are made in one go. */
const BUCKETS_AT_ONCE = 96;

/** As of when, and by what, a span of time is counted. */
export interface Reading {
  readonly cutOff: CutOff;
  /** Null: as they stand now. */
  readonly pins: Pins | null;
  /** Whether kept rollups serve where nothing has changed since; without them all is counted from its rows. */
  readonly mayUseKept: boolean;
}

interface KeptRow {
  readonly from: number;
  readonly newestReadXid: number;
  readonly facts: RollupFacts;
}

interface ColumnsRow extends KeptRow {
  readonly labels: readonly SaidLabel[];
  readonly label: Uint8Array;
  readonly message: Uint8Array;
  readonly theme: Uint8Array;
  readonly confidence: Uint8Array;
  readonly mention: Uint8Array;
  readonly author: Uint8Array;
  readonly textHash: Uint8Array;
}

/** Gives what was said in the windows, a span at a time and in order. */
export async function* readRollups(
  sql: Sql,
  reading: Reading,
  windows: readonly DayWindow[],
): AsyncGenerator<Rollup> {
  const read = (spans: readonly Span[]): Promise<Rollup[]> =>
    readSpans(sql, { reading, spans, kept: READ_KEPT }, rollupOf);
  const [first, ...others] = groupsOf(await listSpans(sql, reading, windows));
  // While one group is counted the next is on its way.
  let next = first === undefined ? Promise.resolve([]) : read(first);
  for (const group of others) {
    const rollups = await next;
    next = read(group);
    next.catch(() => undefined);
    yield* rollups;
  }
  yield* await next;
}

/** As {@link readRollups}, without the opinions. */
export async function readRollupFacts(
  sql: Sql,
  reading: Reading,
  windows: readonly DayWindow[],
): Promise<readonly RollupSpan[]> {
  const found: RollupSpan[] = [];
  for (const spans of groupsOf(await listSpans(sql, reading, windows)))
    found.push(...(await readSpans(sql, { reading, spans, kept: READ_KEPT_FACTS }, factsOf)));
  return found;
}

/** The spans of the windows in which something was heard, by how much work they are. */
async function listSpans(
  sql: Sql,
  reading: Reading,
  windows: readonly DayWindow[],
): Promise<readonly SizedSpan[]> {
  const spans = cutSpans(windows);
  const kept = await readKept<{ from: number; mentions: number }>(sql, LIST_KEPT, { reading, spans });
  const keptOf = (span: Span): number | undefined =>
    isWholeBucket(span) ? kept.get(span.from)?.mentions : undefined;
  const counted = await sizesOf(
    sql,
    spans.filter((span) => keptOf(span) === undefined),
  );
  const sizes = new Map(counted.map(({ span, mentions }) => [span, mentions]));
  return spans
    .map((span) => ({ span, mentions: (keptOf(span) ?? 0) / KEPT_SAVES + (sizes.get(span) ?? 0) }))
    .filter(({ mentions }) => mentions > 0);
}

interface SpansToRead {
  readonly reading: Reading;
  readonly spans: readonly Span[];
  /** The statement that reads what is kept. */
  readonly kept: string;
}

/** Kept spans as they are, others counted from their rows. */
async function readSpans<Found>(
  sql: Sql,
  { reading, spans, kept: statement }: SpansToRead,
  foundOf: (row: ColumnsRow, span: Span) => Found,
): Promise<Found[]> {
  const kept = await readKept<ColumnsRow>(sql, statement, { reading, spans });
  const keptOf = (span: Span): ColumnsRow | undefined =>
    isWholeBucket(span) ? kept.get(span.from) : undefined;
  const missing = spans.filter((span) => keptOf(span) === undefined);
  const rows =
    missing.length === 0
      ? []
      : await sql.query<ColumnsRow>(COUNT_SPANS, ...(await parametersOf(sql, reading, missing)));
  const counted = new Map(rows.map((row) => [row.from, row]));
  return spans.flatMap((span) => {
    const row = keptOf(span) ?? counted.get(span.from);
    return row === undefined ? [] : [foundOf(row, span)];
  });
}

/** Makes rollups anew that have come to rest since something changed them; returns whether there may be more. */
export async function makeRollups(database: Database): Promise<boolean> {
  const stale = await database.query<{ from: number }>(LIST_STALE, BUCKETS_AT_ONCE);
  const spans = stale.map(({ from }) => ({ from, to: from + BUCKET_MS }));
  for (const group of groupsOf(await sizesOf(database, spans)))
    await database.transaction(async (sql) => {
      await sql.query(HOLD_MAKING);
      const cutOff = await takeCutOff(sql);
      await sql.execute(MAKE_ROLLUPS, ...(await parametersOf(sql, { cutOff, pins: null }, group)));
    });
  return stale.length === BUCKETS_AT_ONCE;
}

export async function takeCutOff(sql: Sql): Promise<CutOff> {
  const [row] = await sql.query<{ cutOff: CutOff }>('SELECT earshot_cut_off() AS "cutOff"');
  if (row === undefined) throw new Error('SELECT without FROM gave no row');
  return row.cutOff;
}

async function readKept<Row extends { readonly from: number }>(
  sql: Sql,
  statement: string,
  { reading, spans }: { readonly reading: Reading; readonly spans: readonly Span[] },
): Promise<ReadonlyMap<number, Row>> {
  const [first, last] = [spans[0], spans.at(-1)];
  if (!reading.mayUseKept || first === undefined || last === undefined) return new Map();
  const { from, to } = windowOf({ from: first.from, to: last.to });
  const rows = await sql.query<Row>(statement, JSON.stringify(reading.cutOff), from, to);
  return new Map(rows.map((row) => [row.from, row]));
}

async function parametersOf(
  sql: Sql,
  { cutOff, pins }: Pick<Reading, 'cutOff' | 'pins'>,
  spans: readonly Span[],
): Promise<readonly string[]> {
  const days = daysOf(spans);
  return [JSON.stringify(cutOff), days, 'null', JSON.stringify(pins ?? (await readPins(sql, cutOff, days)))];
}

interface PinsBySpan extends Pins {
  readonly of: Readonly<Record<string, Pins>>;
}

/** Mentions whose outcome is not what their analysis says, all and by span. */
async function readPins(sql: Sql, cutOff: CutOff, days: string): Promise<PinsBySpan> {
  const rows = await sql.query<{ key: string; id: string; isCounted: boolean }>(
    READ_PINS,
    JSON.stringify(cutOff),
    days,
  );
  const pinsOf = (pinned: typeof rows): Pins => ({
    counted: pinned.filter(({ isCounted }) => isCounted).map(({ id }) => id),
    uncounted: pinned.filter(({ isCounted }) => !isCounted).map(({ id }) => id),
  });
  const keys = [...new Set(rows.map(({ key }) => key))];
  const of = Object.fromEntries(keys.map((key) => [key, pinsOf(rows.filter((row) => row.key === key))]));
  return { ...pinsOf(rows), of };
}

interface SizedSpan {
  readonly span: Span;
  readonly mentions: number;
}

async function sizesOf(sql: Sql, spans: readonly Span[]): Promise<readonly SizedSpan[]> {
  if (spans.length === 0) return [];
  const rows = await sql.query<{ key: string; mentions: number }>(SIZE_SPANS, daysOf(spans));
  const sizes = new Map(rows.map(({ key, mentions }) => [key, mentions]));
  return spans.map((span) => ({ span, mentions: sizes.get(String(span.from)) ?? 0 }));
}

/** Spans that one statement counts together. */
function groupsOf(sized: readonly SizedSpan[]): readonly (readonly Span[])[] {
  const groups: Span[][] = [];
  let held = Infinity;
  for (const { span, mentions } of sized) {
    if (held + mentions > MENTIONS_AT_ONCE) {
      groups.push([]);
      held = 0;
    }
    groups.at(-1)?.push(span);
    held += mentions;
  }
  return groups;
}

function daysOf(spans: readonly Span[]): string {
  return JSON.stringify(spans.map((span) => ({ key: String(span.from), ...windowOf(span) })));
}

function windowOf({ from, to }: Span): { from: string; to: string } {
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}

function factsOf({ newestReadXid, facts }: KeptRow, span: Span): RollupSpan {
  return { ...span, newestReadXid, facts };
}

function rollupOf(row: ColumnsRow, span: Span): Rollup {
  return {
    ...factsOf(row, span),
    labels: row.labels,
    label: new Uint16Array(inHostOrder(row.label, 2)),
    message: new Int32Array(inHostOrder(row.message, 4)),
    theme: new Int32Array(inHostOrder(row.theme, 4)),
    confidence: new Uint16Array(inHostOrder(row.confidence, 2)),
    mention: new Float64Array(inHostOrder(row.mention, 8)),
    author: new Int32Array(inHostOrder(row.author, 4)),
    textHash: new Int32Array(inHostOrder(row.textHash, 4)),
  };
}

/** A copy of numbers of so many bytes each, which Postgres sends in network order. */
function inHostOrder(bytes: Uint8Array, width: 2 | 4 | 8): ArrayBuffer {
  const copy = Buffer.from(new Uint8Array(bytes).buffer);
  if (width === 2) copy.swap16();
  else if (width === 4) copy.swap32();
  else copy.swap64();
  return copy.buffer;
}
