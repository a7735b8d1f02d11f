/** Bytes from a fixed pseudo-random row, so that a failure can be repeated. */
export function noise(length: number): Buffer {
  let state = 42;
  return Buffer.from(Array.from({ length }, () => (state = (state * 1103515245 + 12345) % 2147483648) >> 16));
}

/** The content with two bits of every so-many-th byte turned over. */
export function flipped(content: string, every: number): Buffer {
  const bytes = Buffer.from(content);
  for (let at = 0; at < bytes.length; at += every) bytes[at] = (bytes[at] ?? 0) ^ 0x22;
  return bytes;
}
