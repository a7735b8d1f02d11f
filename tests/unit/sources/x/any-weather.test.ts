import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { SourcePage } from '../../../../src/domain/mention.ts';
import { AppError } from '../../../../src/lib/app-error.ts';
import type { XFault } from '../../../support/stub-x.ts';
import { DAY, MINUTE, START, xFixture } from './x-fixture.ts';

/** Few calls a window, so that walks run into the limit by themselves. */
const { stub, now, pass, open } = await xFixture(6);

const fault = fc.constantFrom<XFault[]>(
  'rate-limited',
  'last-of-window',
  'usage-capped',
  'no-credits',
  'over-capacity',
  'html',
  'errors-only',
  'truncated',
  'cut',
  'reset',
  'hang',
  'empty-page',
  'repeated-page',
  'no-newest-id',
);

/** What happens between two polls, and in the second. */
const round = fc.record({
  pause: fc.constantFrom(MINUTE, MINUTE, 20 * MINUTE, 7 * 60 * MINUTE, 3 * DAY, 8 * DAY),
  written: fc.nat({ max: 45 }),
  faults: fc.array(fc.option(fault, { freq: 2 }), { maxLength: 8 }),
  /** Which pages are read but never stored, because the process dies. */
  crashes: fc.array(fc.boolean(), { maxLength: 6 }),
  /** Posts written while the poll waits for the rate limit. */
  meanwhile: fc.nat({ max: 4 }),
});

const script = fc.record({
  target: fc.constantFrom({ query: 'firm' }, { mentions_of: '77' }),
  rounds: fc.array(round, { minLength: 1, maxLength: 4 }),
});

/** What one run stored and paid, beside what the stub knows. */
interface Ledger {
  readonly written: Map<string, Date>;
  /** Everything before this instant was written already. */
  writtenTo: number;
  readonly stored: Map<string, number>;
  readonly gaps: [number, number][];
  /** Nothing that was written before is owed: a day before the first page that was stored. */
  owedFrom: number;
  /** Reads that pages told, and those of pages that a crash lost. */
  told: number;
  lostToCrash: number;
  /** Posts on pages that came broken: billed, but nobody could tell. */
  untold: number;
  /** Waits that a crash made us forget. */
  forgotten: number;
}

/** Writes posts evenly between the last time and now, with ids that pass from 19 to 20 digits. */
function write(ledger: Ledger, count: number): void {
  const span = now().getTime() - ledger.writtenTo;
  const posts = Array.from({ length: count }, (_, index) => ({
    id: String(9_999_999_999_999_999_960n + 2n * BigInt(ledger.written.size + index)),
    at: new Date(ledger.writtenTo + Math.floor((span * (index + 1)) / (count + 1))),
  }));
  for (const { id, at } of posts) ledger.written.set(id, at);
  ledger.writtenTo = now().getTime();
  stub.publish(posts);
}

function store(ledger: Ledger, page: SourcePage): void {
  if (ledger.owedFrom === Number.POSITIVE_INFINITY) ledger.owedFrom = now().getTime() - DAY;
  for (const { externalId } of page.mentions)
    ledger.stored.set(externalId, (ledger.stored.get(externalId) ?? 0) + 1);
  const [from, to] = page.gap?.match(/\d{4}-[\d-]+T[\d:]+Z/g)?.map((text) => Date.parse(text)) ?? [];
  if (from === undefined || to === undefined) return;
  // Nothing is given up that X would still have given out, but for an hour at the edge.
  expect(to).toBeLessThanOrEqual(now().getTime() - 7 * DAY + 60 * MINUTE);
  ledger.gaps.push([from, to]);
}

/** One poll as the use case makes it, in a new process after each crash. Gives back the cursor that stands then. */
async function poll(
  ledger: Ledger,
  from: string | null,
  { target, crashes, meanwhile }: { target: object; crashes: readonly boolean[]; meanwhile: number },
): Promise<string | null> {
  let cursor = from;
  let source = open(target);
  const dies = [...crashes];
  for (let hasMore = true; hasMore; ) {
    const stop = new AbortController();
    // A call that hangs is ended by the caller here; the deadline takes the same way.
    stub.onHang(() => stop.abort());
    const spoiled = stub.spoiled;
    const outcome = await source.fetchPage(cursor, stop.signal).catch((thrown: unknown) => thrown);
    let until: Date | undefined;
    if (outcome instanceof AppError) {
      expect(['rate-limited', 'unavailable']).toContain(outcome.kind);
      ledger.untold += stub.spoiled - spoiled;
      until = outcome.retryAt ?? new Date(now().getTime() + MINUTE / 2);
    } else {
      const page = outcome as SourcePage;
      const reads = page.cost?.reads ?? 0;
      ledger.told += reads;
      if (dies.shift() === true) {
        // Posts of a repeated page count as spoiled already.
        if (stub.spoiled === spoiled) ledger.lostToCrash += reads;
        if (page.retryAt !== undefined) ledger.forgotten += 1;
        await source.close();
        source = open(target);
      } else {
        store(ledger, page);
        ({ nextCursor: cursor, hasMore } = page);
        until = page.retryAt;
      }
    }
    if (until !== undefined && until > now()) {
      pass(until.getTime() - now().getTime());
      write(ledger, meanwhile);
    }
  }
  await source.close();
  return cursor;
}

it('hears every post once and pays for it once, whatever the server, the network and the process do', async () => {
  const property = fc.asyncProperty(script, async ({ target, rounds }) => {
    stub.clear();
    pass(START.getTime() - now().getTime());
    const ledger: Ledger = {
      written: new Map(),
      writtenTo: START.getTime() - 2 * DAY,
      stored: new Map(),
      gaps: [],
      owedFrom: Number.POSITIVE_INFINITY,
      told: 0,
      lostToCrash: 0,
      untold: 0,
      forgotten: 0,
    };
    let cursor: string | null = null;
    for (const { pause, written, faults, ...rest } of rounds) {
      pass(pause);
      write(ledger, written);
      stub.plan(faults);
      cursor = await poll(ledger, cursor, { target, ...rest });
    }
    // Calm: one poll ends the walk that a page which led to itself left open, the next hears what is newer than that walk.
    stub.plan([]);
    for (let polls = 0; polls < 2; polls += 1) {
      pass(20 * MINUTE);
      cursor = await poll(ledger, cursor, { target, crashes: [], meanwhile: 0 });
    }

    const isOwed = (at: number) =>
      at >= ledger.owedFrom && !ledger.gaps.some(([from, to]) => at >= from && at < to);
    const lost = [...ledger.written].filter(([id, at]) => isOwed(at.getTime()) && !ledger.stored.has(id));
    expect(lost).toEqual([]);
    if (!rounds.some(({ pause }) => pause > 7 * DAY)) expect(ledger.gaps).toEqual([]);

    // A stored page is never read again, so a post comes twice only on a page that the server gave twice.
    const doubled = [...ledger.stored.values()].reduce((sum, times) => sum + times - 1, 0);
    expect(doubled).toBeLessThanOrEqual(stub.spoiled - ledger.untold);

    // After a crash nobody knows how long to wait; the first call then finds out.
    expect(stub.early).toBeLessThanOrEqual(ledger.forgotten);

    // The least that could be paid: every post given out once, once more for a page that was cut on its way or that the server
    // gave in place of the next, and once more for a page that the process read and died over.
    const billed = [...stub.billed.values()].reduce((sum, times) => sum + times, 0);
    const least = stub.billed.size + stub.spoiled + ledger.lostToCrash;
    expect(billed).toBeLessThanOrEqual(1.05 * least);
    // And the budget knows of all of it, except of pages that never came whole.
    expect(ledger.told).toBe(billed - ledger.untold);
  });
  await fc.assert(property, { numRuns: 200, seed: 20_260_401 });
}, 300_000);
