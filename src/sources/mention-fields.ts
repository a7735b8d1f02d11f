import { createHash } from 'node:crypto';
import type { HeardAuthor } from '../domain/mention.ts';
import { storableText } from '../lib/safe-text.ts';

/** Keys that are longer would not fit a database index. */
const MAX_KEY_CHARACTERS = 200;
const MAX_URL_CHARACTERS = 2000;
/** What a 32-bit integer column holds. */
const MAX_REACH = 2_147_483_647;

/** A hash that stands for several values at once, the same on every machine: 64 hex digits. */
export function identityHash(values: readonly (string | null)[]): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('hex');
}

/** An id or thread key fit for an index: as it is, or hashed when it is longer than 200 characters. */
export function storableKey(key: string): string {
  const safe = storableText(key);
  return safe.length <= MAX_KEY_CHARACTERS ? safe : `sha256-${identityHash([safe])}`;
}

/** A web address that is safe to link to, or undefined: `javascript:` and the like are dropped. */
export function webUrl(text: string): string | undefined {
  const safe = storableText(text.trim());
  if (safe.length > MAX_URL_CHARACTERS || !/^https?:\/\//i.test(safe) || !URL.canParse(safe))
    return undefined;
  return safe;
}

/** The primary subtag of a language tag (`en-GB` gives `en`), or undefined when it names none. */
export function languageTag(text: string): string | undefined {
  const primary = /^([a-z]{2,3})(?:[-_]|$)/i.exec(text.trim())?.[1]?.toLowerCase();
  return primary === 'und' ? undefined : primary;
}

/** A count such as `1204`, `1,204` or `12.0`, or undefined when it is none. */
export function wholeCount(text: string): number | undefined {
  const digits = /^(\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{1,6})?$/.exec(text.trim())?.[1];
  return digits === undefined ? undefined : Math.min(Number(digits.replaceAll(',', '')), MAX_REACH);
}

/** Raw author columns of a row; `author` may hold a handle, a name or `Name <address>`. */
export interface AuthorFields {
  readonly author?: string | undefined;
  readonly handle?: string | undefined;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
}

/** Nobody is named: all such mentions count as one unknown person, so that no digest overstates how many spoke. */
const ANONYMOUS: HeardAuthor = { name: 'anonymous' };

/** Who wrote a row. `isHandle` says that a bare word in `author` is a handle, as on social platforms. */
export function heardAuthor(fields: AuthorFields, isHandle: boolean): HeardAuthor {
  const told = readAuthor(fields.author, isHandle);
  const handle = handleOf(fields.handle) ?? told.handle;
  const name = shortText(fields.name) ?? told.name;
  const email = mailAddress(fields.email) ?? told.email;
  if (handle === undefined && name === undefined && email === undefined) return ANONYMOUS;
  return { ...(handle && { handle }), ...(name && { name }), ...(email && { email }) };
}

function readAuthor(text: string | undefined, isHandle: boolean): HeardAuthor {
  const author = shortText(text);
  if (author === undefined) return {};
  const named = /^"?([^"<]{0,200})"?\s*<([^<>]{3,320})>$/.exec(author);
  const email = mailAddress(named?.[2] ?? author);
  const name = shortText(named?.[1]);
  if (email !== undefined) return { email, ...(name && { name }) };
  const handle = handleOf(author);
  if (handle !== undefined && (author.startsWith('@') || (isHandle && !/\s/.test(author)))) return { handle };
  return { name: author };
}

function handleOf(text: string | undefined): string | undefined {
  return shortText(text?.trim().replace(/^@/, ''));
}

function mailAddress(text: string | undefined): string | undefined {
  const address = storableText(text ?? '')
    .trim()
    .toLowerCase();
  return /^[^\s@<>"]{1,64}@[^\s@<>"]{1,255}$/.test(address) ? address : undefined;
}

function shortText(text: string | undefined): string | undefined {
  const short = storableText(text ?? '')
    .trim()
    .slice(0, 200)
    .toWellFormed();
  return short === '' ? undefined : short;
}
