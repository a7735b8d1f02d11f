import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { only, readAny, rssItem } from './read.ts';

const WORDS = 'Grüße, Café';
const feed = (declaration: string) =>
  rssItem(`<title>${WORDS}</title>`).replace('<?xml version="1.0"?>', declaration);
const latin = (text: string) => Buffer.from(text, 'latin1');
const utf16 = (text: string) => Buffer.from(text, 'utf16le');

describe('the charset of a feed', () => {
  it.each([
    ['UTF-8 unless something is said', Buffer.from(feed('')), ''],
    ['the XML declaration', latin(feed('<?xml version="1.0" encoding="ISO-8859-1"?>')), ''],
    ['the HTTP header', latin(feed('')), 'text/xml; charset="windows-1252"'],
    [
      'the declaration, where the header is wrong',
      latin(feed('<?xml version="1.0" encoding="windows-1252"?>')),
      'text/xml; charset=utf-8',
    ],
    [
      'UTF-8, where the header is wrong',
      Buffer.from(feed('<?xml version="1.0" encoding="utf-8"?>')),
      'text/xml; charset=iso-8859-1',
    ],
    [
      'a byte order mark',
      Buffer.concat([Buffer.from([0xff, 0xfe]), utf16(feed('<?xml version="1.0" encoding="utf-16"?>'))]),
      'text/xml',
    ],
    ['a mark of the other order', Buffer.concat([Buffer.from([0xfe, 0xff]), utf16(feed('')).swap16()]), ''],
    ['UTF-16 without a mark', utf16(feed('<?xml version="1.0" encoding="utf-16"?>')), ''],
    ['UTF-8 that calls itself UTF-16', Buffer.from(feed('<?xml version="1.0" encoding="utf-16"?>')), ''],
    [
      'UTF-8 for a charset that does not exist',
      Buffer.from(feed('<?xml version="1.0" encoding="x-klingon"?>')),
      'text/xml; charset=nonsense',
    ],
  ])('is told by %s', (_what, document, type) => {
    expect(only(document, { type }).text).toBe(WORDS);
  });

  it('marks what is broken', () => {
    const bytes = Buffer.concat([Buffer.from(feed('').replace('Café', 'Caf\u0001')), Buffer.alloc(0)]);
    bytes[bytes.indexOf(1)] = 0xe9;

    expect(only(bytes).text).toBe('Grüße, Caf\uFFFD');
  });
});

describe('a packed feed', () => {
  const document = Buffer.from(feed(''));

  it.each([
    ['gzip', gzipSync(document)],
    ['x-gzip', gzipSync(document)],
    ['br', brotliCompressSync(document)],
    ['deflate', deflateSync(document)],
    ['Deflate', deflateRawSync(document)],
    ['identity', document],
  ])('is unpacked: %s', (packing, bytes) => {
    expect(only(bytes, { packing }).text).toBe(WORDS);
  });

  it.each([
    ['a bomb', 'gzip', gzipSync(Buffer.alloc(200_000_000)), 'unpacks to more than 5 MB'],
    [
      'a bomb of the other kind',
      'br',
      brotliCompressSync(Buffer.alloc(20_000_000)),
      'unpacks to more than 5 MB',
    ],
    ['a cut end', 'gzip', gzipSync(document).subarray(0, 60), 'cannot be undone'],
    ['no gzip at all', 'gzip', document, 'cannot be undone'],
    ['another way', 'zstd', document, 'not asked for'],
  ])('is refused: %s', (_what, packing, bytes, fault) => {
    expect(readAny(bytes, { packing })).toMatch(
      new RegExp(`^invalid-input: what news.example answered .*${fault}`),
    );
  });
});
