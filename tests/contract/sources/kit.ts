import { describe, expect, it } from 'vitest';
import type { HeardMention, RejectedRow, SourcePage } from '../../../src/domain/mention.ts';
import type { Source } from '../../../src/domain/source.ts';
import { AppError } from '../../../src/lib/app-error.ts';
import { isOneLine, isStorable, isWellShaped } from './shapes.ts';

const MAX_PAGE_ROWS = 500;
const MAX_PAGE_CHARACTERS = 4 * 1024 * 1024 + 1024 * 1024;

/** What the kit needs of a kind to hold it to its contract. */
export interface SourceUnderTest {
  /** A new source over the same input each time; the input needs several pages. */
  readonly open: () => Source;
  /** How many mentions the input holds. */
  readonly mentions: number;
  /** Sources over input that somebody broke, by what is wrong with it. */
  readonly hostile: readonly (readonly [string, () => Source])[];
}

/** Registers the tests that every kind of source passes. */
export function describeSource(name: string, { open, mentions, hostile }: SourceUnderTest): void {
  describe(`the ${name} source`, () => {
    it('gives bounded pages that add up to the whole', async () => {
      const pages = await readPages(open(), null);

      expect(pages.length).toBeGreaterThan(1);
      expect(pages.flatMap((page) => page.mentions)).toHaveLength(mentions);
      for (const page of pages) {
        expect(page.mentions.length + page.rejected.length).toBeLessThanOrEqual(MAX_PAGE_ROWS);
        expect(page.mentions.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThanOrEqual(
          MAX_PAGE_CHARACTERS,
        );
      }
    });

    it('goes on exactly where any of its cursors says, in a new instance', async () => {
      const pages = await readPages(open(), null);

      for (const [index, page] of pages.entries()) {
        const rest = await readPages(open(), page.nextCursor);
        expect(rowsOf(rest)).toEqual(rowsOf(pages.slice(index + 1)));
      }
    });

    it('gives the same page for the same cursor', async () => {
      const source = open();
      const first = await source.fetchPage(null, live());
      const cursor = first.nextCursor;

      expect(await source.fetchPage(null, live())).toEqual(first);
      expect(await source.fetchPage(cursor, live())).toEqual(await source.fetchPage(cursor, live()));
      await source.close();
    });

    it('gives mentions that are fit to store, each once', async () => {
      const heard = (await readPages(open(), null)).flatMap((page) => page.mentions);

      expect(heard.filter((mention) => !isStorable(mention))).toEqual([]);
      expect(new Set(heard.map(({ platform, externalId }) => `${platform} ${externalId}`)).size).toBe(
        mentions,
      );
    });

    it('gives pages whose rejections, costs, waits and gaps can be acted on', async () => {
      const source = open();
      const pages = await readPages(source, null);

      expect(pages.filter((page) => !isWellShaped(page, source.budget))).toEqual([]);
    });

    it('moves its cursor with every page that has another after it', async () => {
      const cursors = [null, ...(await readPages(open(), null)).map((page) => page.nextCursor)];

      expect(new Set(cursors.slice(0, -1)).size).toBe(cursors.length - 1);
    });

    it('is checked in one sentence, which moves nothing', async () => {
      const source = open();
      const first = await source.fetchPage(null, live());

      expect(await source.check(live())).toSatisfy(isOneLine);
      expect(await source.fetchPage(null, live())).toEqual(first);
      await source.close();
    });

    it('may be closed before it was read, and again', async () => {
      const source = open();

      await source.close();
      await expect(source.close()).resolves.toBeUndefined();
    });

    it('tells a growing share of the whole, if it tells one', async () => {
      const shares = (await readPages(open(), null)).map((page) => page.progress ?? 1);

      expect(shares).toEqual(shares.toSorted((a, b) => a - b));
      expect(shares.at(-1)).toBe(1);
    });

    it('stops with a retryable AppError when it is aborted', async () => {
      const source = open();

      expect(await faultOf(source.fetchPage(null, AbortSignal.abort()))).toMatchObject({
        kind: 'unavailable',
      });
      expect(await faultOf(source.check(AbortSignal.abort()))).toMatchObject({ kind: 'unavailable' });
      await source.close();
    });

    it.each(['', 'nonsense', '-1', '{"offset":0}', '\0'])(
      'refuses the cursor %j with an AppError',
      async (cursor) => {
        expect(await faultOf(open().fetchPage(cursor, live()))).toMatchObject({ kind: 'invalid-input' });
      },
    );

    it.each(hostile)('throws nothing but AppError for %s', async (_what, openHostile) => {
      const source = openHostile();
      const outcome = await readPages(source, null).catch(plainFault);

      const pages: readonly SourcePage[] = Array.isArray(outcome) ? outcome : [];
      expect(pages.flatMap((page) => page.mentions).filter((mention) => !isStorable(mention))).toEqual([]);
      expect(pages.filter((page) => !isWellShaped(page, source.budget))).toEqual([]);
      await source.close();
    });

    it.each(hostile)('is checked in one sentence or fails in one: %s', async (_what, openHostile) => {
      const source = openHostile();
      const outcome = await source.check(live()).catch(plainFault);

      expect(outcome).toSatisfy((said) => said instanceof AppError || isOneLine(said));
      await source.close();
      await source.close();
    });
  });
}

/** A fault that a person or the next poll can act on; anything else fails the test. */
function plainFault(thrown: unknown): AppError {
  if (!(thrown instanceof AppError)) throw thrown;
  expect(thrown.kind).not.toBe('bug');
  expect(thrown.message).toSatisfy(isOneLine);
  if (thrown.kind === 'rate-limited') expect(thrown.retryAt).toBeInstanceOf(Date);
  return thrown;
}

/** Reads page after page from a cursor to the end. */
async function readPages(source: Source, from: string | null): Promise<SourcePage[]> {
  const pages: SourcePage[] = [];
  let cursor = from;
  for (let hasMore = true; hasMore && pages.length < 10_000; ) {
    const page = await source.fetchPage(cursor, live());
    pages.push(page);
    ({ nextCursor: cursor, hasMore } = page);
  }
  await source.close();
  return pages;
}

function rowsOf(pages: readonly SourcePage[]): (HeardMention | RejectedRow)[] {
  return pages.flatMap((page) => [...page.mentions, ...page.rejected]);
}

async function faultOf(promise: Promise<unknown>): Promise<unknown> {
  const thrown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(AppError);
  return thrown;
}

function live(): AbortSignal {
  return new AbortController().signal;
}
