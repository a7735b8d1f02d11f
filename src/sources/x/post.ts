import { z } from 'zod';
import type { HeardMention } from '../../domain/mention.ts';
import { storableText } from '../../lib/safe-text.ts';
import { heardAuthor, languageTag, storableKey, webUrl, wholeCount } from '../mention-fields.ts';
import { isPlausible } from '../occurred-at.ts';
import { PostId } from './post-id.ts';

const Count = z.number().nonnegative().catch(0);

/** A post, as `FIELDS` asks for it. What it can do without is left out when it cannot be read. */
export const Post = z.object({
  id: PostId,
  text: z.string(),
  created_at: z.iso.datetime(),
  author_id: z.string().optional().catch(undefined),
  conversation_id: PostId.optional().catch(undefined),
  lang: z.string().optional().catch(undefined),
  /** The whole text of a post that is longer than 280 characters; `text` then holds its beginning. */
  note_tweet: z.object({ text: z.string() }).optional().catch(undefined),
  public_metrics: z.object({ impression_count: Count }).optional().catch(undefined),
  referenced_tweets: z
    .array(z.object({ type: z.string() }))
    .optional()
    .catch(undefined),
  edit_history_tweet_ids: z.array(PostId).optional().catch(undefined),
});
export type Post = z.output<typeof Post>;

export const User = z.object({
  id: z.string(),
  username: z.string().regex(/^\w{1,50}$/),
  name: z.string().optional().catch(undefined),
  public_metrics: z.object({ followers_count: Count }).optional().catch(undefined),
});
export type User = z.output<typeof User>;

/** What is asked for with every page. */
export const FIELDS = {
  'tweet.fields':
    'created_at,author_id,conversation_id,lang,public_metrics,referenced_tweets,edit_history_tweet_ids,note_tweet',
  expansions: 'author_id',
  'user.fields': 'username,name,public_metrics',
} as const;

const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

/**
 * Makes a mention of a post, or says why it cannot be one; null for a pure retweet, which says nothing of its own. An edited post
 * has an id for each version: the first is its identity, so that a later version is not a second mention.
 */
export function mentionOfPost(
  post: Post,
  users: ReadonlyMap<string, User>,
  now: Date,
): { mention: HeardMention } | { reason: string } | null {
  if (post.referenced_tweets?.some(({ type }) => type === 'retweeted')) return null;
  // X escapes exactly these three, once.
  const written = (post.note_tweet?.text ?? post.text).replace(
    /&(?:amp|lt|gt);/g,
    (entity) => ENTITIES[entity] ?? entity,
  );
  const text = storableText(written).trim();
  if (text === '') return { reason: 'the text is empty' };
  const occurredAt = new Date(post.created_at);
  if (!isPlausible(occurredAt, now)) return { reason: 'the date is before 1990 or ahead of now' };

  const user = users.get(post.author_id ?? '');
  const url = webUrl(`https://x.com/${user?.username ?? 'i'}/status/${post.id}`);
  const lang = languageTag(post.lang ?? '');
  const seen = Math.max(
    post.public_metrics?.impression_count ?? 0,
    user?.public_metrics?.followers_count ?? 0,
  );
  const reach = wholeCount(String(seen));
  return {
    mention: {
      platform: 'x',
      externalId: post.edit_history_tweet_ids?.[0] ?? post.id,
      kind: 'post',
      text,
      author: heardAuthor({ handle: user?.username, name: user?.name }, true),
      occurredAt,
      ...(url !== undefined && { url }),
      ...(lang !== undefined && { lang }),
      ...(post.conversation_id !== undefined && { thread: storableKey(post.conversation_id) }),
      ...(reach !== undefined && { reach }),
    },
  };
}
