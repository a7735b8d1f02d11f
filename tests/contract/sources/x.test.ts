import { afterAll } from 'vitest';
import type { Source } from '../../../src/domain/source.ts';
import { parseOptions } from '../../../src/sources/plug-in.ts';
import { XOptions } from '../../../src/sources/x/options.ts';
import { openXSource } from '../../../src/sources/x/x-source.ts';
import { startHttpStub } from '../../support/stub-http.ts';
import { startXStub } from '../../support/stub-x.ts';
import { describeSource } from './kit.ts';

const NOW = new Date('2026-04-01T12:00:00Z');
const now = () => NOW;
const POSTS = 43;

const stub = await startXStub({ now, limit: 10_000 });
const broken = await startHttpStub();
afterAll(async () => {
  await stub.close();
  await broken.close();
});

stub.publish(
  Array.from({ length: POSTS }, (_, index) => ({
    id: String(99_999_999_999_999_999_980n - BigInt(index)),
    at: new Date(NOW.getTime() - 60_000 - index * 1000),
    fields: { text: index % 2 === 0 ? `nul \0 and half \uD800 of ${index}` : `post ${index}` },
  })),
);

function open(options: object, api_url = stub.url): Source {
  const parsed = parseOptions('x', XOptions, { token: stub.token, page_size: 10, api_url, ...options });
  return openXSource(parsed, { now, privateNetworks: ['127.0.0.0/8'] });
}

/** A source whose server answers every call with this body. */
function answering(body: string): () => Source {
  return () => {
    broken.answerWith({ headers: { 'content-type': 'application/json' }, body });
    return open({ query: 'firm' }, broken.url);
  };
}

const post = { id: '1', text: 'x', created_at: '2026-04-01T10:00:00Z' };
const hostile = [
  ['noise', answering('\u0000\u0001\uFFFD{{{')],
  ['an array', answering('[null, 1, "two"]')],
  ['null', answering('null')],
  ['a page of wrong types', answering('{"data":{"a":1},"meta":[]}')],
  ['errors that are null', answering('{"errors":[null],"meta":{"result_count":0}}')],
  [
    'posts that are none',
    answering(
      JSON.stringify({ data: [null, 7, 'x', [], {}, { ...post, id: 'abc' }], meta: { result_count: 6 } }),
    ),
  ],
  [
    'posts with hostile fields',
    answering(
      JSON.stringify({
        data: [
          { ...post, text: '\u0000\uD800', author_id: { a: 1 }, lang: 7, public_metrics: 'many' },
          { ...post, conversation_id: 'x'.repeat(5000), edit_history_tweet_ids: [null], author_id: '5' },
          { ...post, created_at: '9999-01-01T00:00:00Z' },
        ],
        includes: { users: [{ id: '5', username: '"><script>', name: '\u0000' }, null] },
        meta: { result_count: 3 },
      }),
    ),
  ],
  [
    'a page of 3 MB',
    answering(JSON.stringify({ data: [{ ...post, text: 'x'.repeat(3_000_000) }], meta: {} })),
  ],
] as const;

describeSource('x (search)', { open: () => open({ query: 'firm' }), mentions: POSTS, hostile });
describeSource('x (mentions)', { open: () => open({ mentions_of: '@Firm' }), mentions: POSTS, hostile: [] });
