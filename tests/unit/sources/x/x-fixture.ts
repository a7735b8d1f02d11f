import { afterAll, afterEach } from 'vitest';
import type { SourcePage } from '../../../../src/domain/mention.ts';
import type { Source } from '../../../../src/domain/source.ts';
import { AppError } from '../../../../src/lib/app-error.ts';
import { parseOptions } from '../../../../src/sources/plug-in.ts';
import { XOptions } from '../../../../src/sources/x/options.ts';
import { openXSource } from '../../../../src/sources/x/x-source.ts';
import { startXStub, type XStub } from '../../../support/stub-x.ts';
import type { StubPost } from '../../../support/stub-x-timeline.ts';

export const START = new Date('2026-04-01T12:00:00Z');
export const MINUTE = 60_000;
export const DAY = 86_400_000;

export interface XFixture {
  readonly stub: XStub;
  readonly now: () => Date;
  /** Moves the clock of the stub and of every source. */
  pass(milliseconds: number): void;
  /** A search in pages of ten, unless the options say otherwise. */
  open(options?: object, timeoutMs?: number): Source;
}

/** A stub of X for one test file, cleared after every test. */
export async function xFixture(limit?: number): Promise<XFixture> {
  let at = START;
  const now = () => at;
  const stub = await startXStub({ now, ...(limit !== undefined && { limit }) });
  afterEach(() => {
    stub.clear();
    at = START;
  });
  afterAll(() => stub.close());
  return {
    stub,
    now,
    pass(milliseconds) {
      at = new Date(at.getTime() + milliseconds);
    },
    open(options = {}, timeoutMs = 20_000) {
      const target = 'mentions_of' in options ? {} : { query: 'firm' };
      const raw = { ...target, token: stub.token, api_url: stub.url, page_size: 10, ...options };
      const deps = { now, privateNetworks: ['127.0.0.0/8'] };
      return openXSource(parseOptions('x', XOptions, raw), deps, timeoutMs);
    },
  };
}

/** Posts with rising ids, a second apart, the last of them at `until`. */
export function postsUntil(until: Date, count: number, firstId = 1000): StubPost[] {
  return Array.from({ length: count }, (_, index) => ({
    id: String(firstId + index),
    at: new Date(until.getTime() - (count - 1 - index) * 1000),
  }));
}

/** One poll as the use case makes it: page after page while more is to be had at once. */
export async function poll(
  source: Source,
  from: string | null,
): Promise<{ pages: SourcePage[]; cursor: string | null }> {
  const pages: SourcePage[] = [];
  let cursor = from;
  for (let hasMore = true; hasMore; ) {
    const page = await source.fetchPage(cursor, live());
    pages.push(page);
    ({ nextCursor: cursor, hasMore } = page);
  }
  return { pages, cursor };
}

export function idsOf(pages: readonly SourcePage[]): string[] {
  return pages.flatMap(({ mentions }) => mentions.map(({ externalId }) => externalId));
}

export async function faultOf(promise: Promise<unknown>): Promise<AppError> {
  const thrown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (thrown instanceof AppError) return thrown;
  throw new Error('an AppError was expected', { cause: thrown });
}

export function live(): AbortSignal {
  return new AbortController().signal;
}
