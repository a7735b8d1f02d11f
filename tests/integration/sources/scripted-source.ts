import type { HeardMention, SourcePage } from '../../../src/domain/mention.ts';
import type { ReadBudget, Source } from '../../../src/domain/source.ts';
import { AppError } from '../../../src/lib/app-error.ts';

/** A source over a list that a test writes: two a page, its cursor the number of those before. */
export interface ScriptedSource extends Source {
  readonly posts: HeardMention[];
  /** What the next calls do instead of reading, one each. */
  readonly faults: (AppError | (() => Promise<unknown>))[];
  /** Laid over every page. */
  extra: Partial<SourcePage>;
  /** Cursors it was asked with. */
  readonly asked: (string | null)[];
}

const PAGE = 2;

export function scriptedSource(budget?: ReadBudget): ScriptedSource {
  const posts: HeardMention[] = [];
  const faults: ScriptedSource['faults'] = [];
  const asked: (string | null)[] = [];
  const source: ScriptedSource = {
    posts,
    faults,
    asked,
    extra: {},
    ...(budget && { budget }),
    async fetchPage(cursor, signal) {
      asked.push(cursor);
      const fault = faults.shift();
      if (fault instanceof AppError) throw fault;
      await fault?.();
      signal.throwIfAborted();
      const from = Number(cursor ?? 0);
      const mentions = posts.slice(from, from + PAGE);
      const next = from + mentions.length;
      return {
        mentions,
        rejected: [],
        nextCursor: String(next),
        hasMore: next < posts.length,
        ...source.extra,
      };
    },
    check: async () => `${posts.length} posts`,
    close: async () => undefined,
  };
  return source;
}

export function post(id: number, occurredAt: Date): HeardMention {
  return {
    platform: 'x',
    externalId: String(id),
    kind: 'post',
    text: `post ${id}`,
    author: { handle: `writer${id}` },
    occurredAt,
  };
}
