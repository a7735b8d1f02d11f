const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const TAB = 0x09;

/** How much of a header is looked through, and how long a field may be. */
const MAX_HEADER_BYTES = 1024 * 1024;
const MAX_FIELD_BYTES = 2000;

/** Who, what, when, of which conversation, and whether by a machine; not how the body is put together. */
const WANTED = new Set(
  'from subject date message-id in-reply-to references received auto-submitted precedence x-loop list-id return-path x-failed-recipients'.split(
    ' ',
  ),
);

/**
 * The fields of a mail's header that say who wrote what when, as a mail of their own without a body. It is small whatever it
 * was taken from, so it can be read where the mail itself cannot. The first field of a name counts; long ones are left out.
 */
export function plainHeader(raw: Buffer): Buffer {
  const head = raw.subarray(0, MAX_HEADER_BYTES);
  const fields = new Map<string, Buffer>();
  for (let start = 0; start < head.length && !isLineEnd(head, start); ) {
    const end = endOfField(head, start);
    const name = head.toString('latin1', start, Math.min(end, start + 30)).split(':', 1)[0] ?? '';
    const key = name.trimEnd().toLowerCase();
    if (WANTED.has(key) && !fields.has(key) && end - start <= MAX_FIELD_BYTES)
      fields.set(key, head.subarray(start, end));
    start = end;
  }
  return Buffer.concat([...fields.values(), Buffer.from('\r\n')]);
}

function isLineEnd(head: Buffer, at: number): boolean {
  return head[at] === LF || (head[at] === CR && head[at + 1] === LF);
}

/** Index after a field and the lines that continue it. */
function endOfField(head: Buffer, start: number): number {
  let end = start;
  do {
    const found = head.indexOf(LF, end);
    end = found === -1 ? head.length : found + 1;
  } while (head[end] === SPACE || head[end] === TAB);
  return end;
}
