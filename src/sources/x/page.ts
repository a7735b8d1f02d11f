import { z } from 'zod';
import type { HeardMention, RejectedRow } from '../../domain/mention.ts';
import { PageToken } from './place.ts';
import { mentionOfPost, Post, User } from './post.ts';
import { PostId } from './post-id.ts';

/** One page of a timeline. Whole or refused: a page without `meta` does not say whether more is to come. */
const WirePage = z
  .object({
    data: z.array(z.unknown()).default([]),
    includes: z
      .object({ users: z.array(z.unknown()) })
      .optional()
      .catch(undefined),
    meta: z.object({
      result_count: z.number().optional(),
      newest_id: PostId.optional().catch(undefined),
      next_token: PageToken.nullish(),
    }),
    errors: z.array(z.unknown()).default([]),
  })
  // Errors and no posts, or a count and no posts, is an answer that lost its page.
  .refine(
    ({ data, meta, errors }) => data.length > 0 || (errors.length === 0 && (meta.result_count ?? 0) === 0),
  );

/** What a page holds, as a source gives it out. */
export interface Timeline {
  readonly mentions: readonly HeardMention[];
  readonly rejected: readonly RejectedRow[];
  /** Posts given out, readable or not: each is billed. */
  readonly posts: number;
  readonly ids: readonly (string | undefined)[];
  readonly token: string | undefined;
}

/** Reads a page; a post that cannot be read is rejected and the page goes on. Undefined for what is no page. */
export function readPage(body: unknown, now: Date): Timeline | undefined {
  const page = WirePage.safeParse(body);
  if (!page.success) return undefined;
  const { data, includes, meta } = page.data;
  const users = new Map((includes?.users ?? []).flatMap(readUser));
  const mentions: HeardMention[] = [];
  const rejected: RejectedRow[] = [];
  for (const [index, element] of data.entries()) {
    const post = Post.safeParse(element);
    const where = `post ${idOf(element) ?? `number ${index + 1} of its page`}`;
    if (!post.success) {
      const fields = new Set(post.error.issues.map(({ path }) => path.join('.') || 'object'));
      rejected.push({
        where,
        reason: `X gave it without a readable ${[...fields].join(', ')}; look it up on x.com`,
      });
      continue;
    }
    const reading = mentionOfPost(post.data, users, now);
    if (reading === null) continue;
    if ('mention' in reading) mentions.push(reading.mention);
    else rejected.push({ where, reason: reading.reason });
  }
  const ids = [meta.newest_id, ...data.map(idOf)];
  return { mentions, rejected, posts: data.length, ids, token: meta.next_token ?? undefined };
}

function readUser(element: unknown): [string, User][] {
  const user = User.safeParse(element);
  return user.success ? [[user.data.id, user.data]] : [];
}

/** The id even of a post that cannot be read otherwise. */
function idOf(element: unknown): string | undefined {
  return z.object({ id: PostId }).safeParse(element).data?.id;
}
