import type { HeardMention } from '../../src/domain/mention.ts';
import type { Source } from '../../src/domain/source.ts';
import { FileOptions, file, openFileSource } from '../../src/sources/file/index.ts';
import { parseOptions } from '../../src/sources/plug-in.ts';
import { AIRLINE_TWEETS } from './shared-data.ts';

/** The real posts as `earshot import` reads them. */
export function openPosts(): Source {
  const options = parseOptions(file.kind, FileOptions, { path: AIRLINE_TWEETS });
  return openFileSource(options, { now: () => new Date(), folder: '/' });
}

export async function readPosts(): Promise<readonly HeardMention[]> {
  const reader = openPosts();
  const posts: HeardMention[] = [];
  let cursor: string | null = null;
  for (let hasMore = true; hasMore; ) {
    const page = await reader.fetchPage(cursor, new AbortController().signal);
    posts.push(...page.mentions);
    ({ nextCursor: cursor, hasMore } = page);
  }
  return posts;
}
