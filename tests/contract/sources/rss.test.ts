import { afterAll } from 'vitest';
import type { Source } from '../../../src/domain/source.ts';
import { createHttpClient } from '../../../src/lib/http-client.ts';
import { parseOptions } from '../../../src/sources/plug-in.ts';
import { rss } from '../../../src/sources/rss/index.ts';
import { type Published, rssOf, startFeedStub } from '../../support/stub-feed.ts';
import { type StubAnswer, startHttpStub } from '../../support/stub-http.ts';
import { flipped, noise } from './broken.ts';
import { describeSource } from './kit.ts';

const ITEMS = 1003;
const now = () => new Date('2026-04-01T12:00:00Z');
const http = createHttpClient({ privateNetworks: ['127.0.0.0/8'] });
const servers: { close(): Promise<void> }[] = [];
afterAll(async () => {
  await Promise.all([http.close(), ...servers.map((server) => server.close())]);
});

const sourceAt = (url: string): Source =>
  rss.create(parseOptions('rss', rss.options, { url }), {
    now,
    folder: '/',
    http,
    privateNetworks: ['127.0.0.0/8'],
  });

async function published(document: Published | string | Uint8Array): Promise<() => Source> {
  const stub = await startFeedStub(document);
  servers.push(stub);
  return () => sourceAt(stub.url);
}

async function answering(answer: StubAnswer): Promise<() => Source> {
  const stub = await startHttpStub(answer);
  servers.push(stub);
  return () => sourceAt(stub.url);
}

const numbers = Array.from({ length: ITEMS }, (_, index) => index);
const document = rssOf(
  numbers.map((index) => ({
    guid: `tag:a,${index}`,
    title: `Item ${index}`,
    body: `<p>Text & "${index}"</p>`,
    date: 'Mon, 30 Mar 2026 10:00:00 GMT',
  })),
);
const bulky = rssOf(
  numbers.slice(0, 24).map((index) => ({ title: `Item ${index}`, body: 'word '.repeat(40_000) })),
);

const hostile: (readonly [string, () => Source])[] = [
  ['noise', await published(noise(100_000))],
  ['NUL bytes', await published(Buffer.alloc(100_000))],
  ['flipped bytes', await published(flipped(document, 97))],
  ['a cut end', await published(document.slice(0, 10_007))],
  ['no items', await published(rssOf([]))],
  ['items without words', await published(rssOf([{ guid: 'a' }, { guid: 'b' }, { body: '<p> </p>' }]))],
  [
    'lone surrogates in JSON',
    await published(
      '{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"\\ud800","title":"\\udfff\\u0000"}]}',
    ),
  ],
  ['a web page', await published('<!doctype html><title>Hi</title>')],
  [
    'a packed bomb that is none',
    await published({ body: document, headers: { 'content-encoding': 'gzip' } }),
  ],
  ['a server that is out of order', await answering({ status: 500 })],
  ['a server that wants a password', await answering({ status: 401 })],
  ['a reset', await answering({ reset: 'in-body', body: document })],
  ['a redirect that never ends', await answering({ status: 302, headers: { location: '/again' } })],
  ['nobody at the address', () => sourceAt('http://127.0.0.1:1/feed')],
];

describeSource('rss', { open: await published(document), mentions: ITEMS, hostile });
describeSource('rss (no ETag)', {
  open: await published({ body: document, hasTag: false }),
  mentions: ITEMS,
  hostile: hostile.slice(0, 1),
});
describeSource('rss (items of 200 KB)', {
  open: await published(bulky),
  mentions: 24,
  hostile: hostile.slice(0, 1),
});
