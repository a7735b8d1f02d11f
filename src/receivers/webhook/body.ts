import type { Envelope } from '../envelope.ts';

/** Standard Webhooks asks for payloads under 20 KB; what does not fit is to be read behind the link in `data.url`. */
const MAX_BODY_BYTES = 20_000;

/** Tried from generous to harsh until the body fits: elements a list may keep, characters a text may keep. */
const CUTS: readonly { readonly elements: number; readonly characters: number }[] = [
  { elements: 200, characters: 2_000 },
  { elements: 100, characters: 1_000 },
  { elements: 50, characters: 500 },
  { elements: 20, characters: 500 },
  { elements: 10, characters: 300 },
  { elements: 5, characters: 200 },
  { elements: 2, characters: 100 },
];

/**
 * The envelope as JSON of less than 20 KB. When it is longer, lists and texts lose their tails and `data.truncated` says
 * how many elements and characters are missing; `data.url` is always kept.
 */
export function webhookBody(envelope: Envelope): string {
  const whole = JSON.stringify(envelope);
  if (fits(whole)) return whole;
  const { data }: { data: Record<string, unknown> } = JSON.parse(whole);
  for (const cut of CUTS) {
    const truncated = { elements: 0, characters: 0 };
    const shorter = shorten(data, cut, truncated);
    const body = JSON.stringify({ ...envelope, data: { ...shorter, ...linkOf(data), truncated } });
    if (fits(body)) return body;
  }
  return JSON.stringify({ ...envelope, data: { ...linkOf(data), truncated: { everything: true } } });
}

function fits(body: string): boolean {
  return Buffer.byteLength(body) < MAX_BODY_BYTES;
}

function linkOf(data: Record<string, unknown>): { url?: string } {
  return typeof data.url === 'string' && data.url.length <= 2_000 ? { url: data.url } : {};
}

type Lost = { elements: number; characters: number };

function shorten<T>(value: T, cut: (typeof CUTS)[number], lost: Lost): T;
function shorten(value: unknown, cut: (typeof CUTS)[number], lost: Lost): unknown {
  if (typeof value === 'string') {
    if (value.length <= cut.characters) return value;
    const kept = value.slice(0, cut.characters).replace(/[\uD800-\uDBFF]$/, '');
    lost.characters += value.length - kept.length;
    return `${kept}…`;
  }
  if (Array.isArray(value)) {
    lost.elements += Math.max(0, value.length - cut.elements);
    return value.slice(0, cut.elements).map((element) => shorten(element, cut, lost));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shorten(inner, cut, lost)]));
}
