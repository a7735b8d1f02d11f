import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import { AppError } from '../../lib/app-error.ts';

/** A longer document is refused, however well it was packed. */
export const MAX_DOCUMENT_BYTES = 5_000_000;

/** A document as it was sent. */
export interface SentDocument {
  readonly bytes: Uint8Array;
  /** Value of `content-encoding`; empty when there was none. */
  readonly packing: string;
  /** Value of `content-type`; empty when there was none. */
  readonly type: string;
}

/**
 * The text of a document: unpacked, and read in the charset of its byte order mark, its HTTP header or its XML declaration,
 * whichever comes first and fits the bytes (RFC 7303 section 3); else as UTF-8 with U+FFFD for what is broken. Throws AppError
 * `invalid-input` that names the host.
 */
export function decodeDocument({ bytes, packing, type }: SentDocument, host: string): string {
  const content = unpack(bytes, packing.trim().toLowerCase(), host);
  for (const label of charsetsOf(content, type)) {
    const text = decodeAs(content, label);
    if (text !== null) return text;
  }
  return new TextDecoder().decode(content);
}

function unpack(bytes: Uint8Array, packing: string, host: string): Uint8Array {
  const bound = { maxOutputLength: MAX_DOCUMENT_BYTES };
  try {
    switch (packing) {
      case '':
      case 'identity':
        return bytes;
      case 'gzip':
      case 'x-gzip':
        return gunzipSync(bytes, bound);
      case 'br':
        return brotliDecompressSync(bytes, bound);
      case 'deflate':
        // Half of the servers that say so leave the zlib header out.
        return (bytes[0] ?? 0) % 16 === 8 ? inflateSync(bytes, bound) : inflateRawSync(bytes, bound);
    }
  } catch (thrown) {
    const isTooLong = thrown instanceof Error && 'code' in thrown && thrown.code === 'ERR_BUFFER_TOO_LARGE';
    const what = isTooLong ? 'unpacks to more than 5 MB' : 'is packed in a way that cannot be undone';
    throw new AppError('invalid-input', `what ${host} answered ${what}`, { cause: thrown });
  }
  throw new AppError('invalid-input', `what ${host} answered is packed in a way that was not asked for`);
}

function* charsetsOf(bytes: Uint8Array, type: string): Generator<string> {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) yield 'utf-8';
  // Without a mark an XML document still begins with `<` (XML 1.0 appendix F).
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) yield 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) yield 'utf-16be';
  const header = /charset\s*=\s*["']?([\w.:-]{1,40})/i.exec(type)?.[1] ?? '';
  const head = Buffer.from(bytes.subarray(0, 300)).toString('latin1');
  const declared = /^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})/i.exec(head)?.[1] ?? '';
  // Whichever of the two is wrong: other bytes are hardly ever valid UTF-8 by chance.
  if ([header, declared].some((label) => /^utf-?8$/i.test(label))) yield 'utf-8';
  yield header;
  // A declaration that could be read byte by byte is not UTF-16, though programs that changed the charset leave it there.
  if (!/^utf-?16|^ucs-?2/i.test(declared)) yield declared;
}

/** Null when the bytes are not text of that charset, or when there is no such charset. */
function decodeAs(bytes: Uint8Array, label: string): string | null {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch (thrown) {
    if (thrown instanceof TypeError || thrown instanceof RangeError) return null;
    throw thrown;
  }
}
