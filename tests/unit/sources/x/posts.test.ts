import { describe, expect, it } from 'vitest';
import type { SourcePage } from '../../../../src/domain/mention.ts';
import { live, MINUTE, postsUntil, START, xFixture } from './x-fixture.ts';

const { stub, open } = await xFixture();
const AT = new Date(START.getTime() - MINUTE);

/** The page of posts with these fields, in this order. */
async function read(...posts: object[]): Promise<SourcePage> {
  stub.publish(posts.map((fields, index) => ({ id: String(2000 - index), at: AT, fields })));
  return open().fetchPage(null, live());
}

describe('a post on X', () => {
  it('becomes a mention', async () => {
    const { mentions } = await read({
      text: 'Atlas &lt;3 &amp;amp; more',
      lang: 'en',
      conversation_id: '1900',
    });

    expect(mentions).toEqual([
      {
        platform: 'x',
        externalId: '2000',
        kind: 'post',
        text: 'Atlas <3 &amp; more',
        author: { handle: 'rdowning76', name: 'R. Downing' },
        url: 'https://x.com/rdowning76/status/2000',
        occurredAt: AT,
        lang: 'en',
        thread: '1900',
        reach: 120,
      },
    ]);
  });

  it('that was seen by more than follow its author reaches those', async () => {
    const { mentions } = await read({ public_metrics: { impression_count: 5000 } });

    expect(mentions[0]?.reach).toBe(5000);
  });

  it('that is long is read whole', async () => {
    const { mentions } = await read({ text: 'It begins…', note_tweet: { text: 'It begins, and it ends.' } });

    expect(mentions[0]?.text).toBe('It begins, and it ends.');
  });

  it('that was edited keeps the identity of its first version', async () => {
    const { mentions } = await read({ edit_history_tweet_ids: ['1500', '2000'] });

    expect(mentions[0]).toMatchObject({ externalId: '1500', url: 'https://x.com/rdowning76/status/2000' });
  });

  it('that is a pure retweet is left out, and paid', async () => {
    const page = await read(
      { referenced_tweets: [{ type: 'retweeted', id: '1' }] },
      { referenced_tweets: [{ type: 'quoted', id: '1' }] },
    );

    expect(page.mentions.map(({ externalId }) => externalId)).toEqual(['1999']);
    expect(page.rejected).toEqual([]);
    expect(page.cost).toEqual({ reads: 2, micros: 10_000 });
  });

  it('whose author X does not show is heard without one', async () => {
    const { mentions } = await read({ author_id: '5' });

    expect(mentions[0]).toMatchObject({ author: { name: 'anonymous' }, url: 'https://x.com/i/status/2000' });
  });

  it('that cannot be read is rejected with its id and what is missing, and the page goes on', async () => {
    const page = await read(
      { text: 7 },
      { created_at: 'yesterday' },
      { id: 'none' },
      { text: ' \0 ' },
      { created_at: '2031-01-01T00:00:00.000Z' },
      {},
    );

    expect(page.mentions).toHaveLength(1);
    expect(page.rejected).toEqual([
      { where: 'post 2000', reason: 'X gave it without a readable text; look it up on x.com' },
      { where: 'post 1999', reason: 'X gave it without a readable created_at; look it up on x.com' },
      { where: 'post number 3 of its page', reason: 'X gave it without a readable id; look it up on x.com' },
      { where: 'post 1997', reason: 'the text is empty' },
      { where: 'post 1996', reason: 'the date is before 1990 or ahead of now' },
    ]);
    expect(page.cost).toEqual({ reads: 6, micros: 30_000 });
  });

  it('asks for what a mention needs', async () => {
    stub.publish(postsUntil(AT, 1));
    await open().fetchPage(null, live());

    expect(Object.fromEntries(stub.calls[0]?.searchParams ?? [])).toMatchObject({
      'tweet.fields': expect.stringMatching(/created_at.*author_id.*conversation_id.*lang.*public_metrics/),
      expansions: 'author_id',
      'user.fields': 'username,name,public_metrics',
    });
  });
});
