/** Every hashed feature has one of so many rows in the weights. */
const HASH_BITS = 18;
export const ROWS = 1 << HASH_BITS;
const SHIFT = 32 - HASH_BITS;

const FNV_START = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** FNV-1a over UTF-16 code units `from` to `to` (exclusive); a full 32-bit number to mix and then take a row of. */
export function hashText(text: string, from = 0, to = text.length): number {
  let hash = FNV_START;
  for (let at = from; at < to; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), FNV_PRIME);
  return hash;
}

/** Joins two hashes into one that depends on their order. */
export function mix(left: number, right: number): number {
  let hash = Math.imul(left ^ (right >>> 15) ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(right, 0xc2b2ae35);
  hash ^= hash >>> 13;
  return Math.imul(hash, 0x27d4eb2f);
}

/** The row of a hash: its best mixed bits. */
export function rowOf(hash: number): number {
  return Math.imul(hash ^ (hash >>> 16), 0x9e3779b1) >>> SHIFT;
}
