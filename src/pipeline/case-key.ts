import { createHash } from 'node:crypto';

interface CaseClues {
  readonly thread: string | null;
  readonly text: string;
  readonly mentionId: string;
  readonly labels: { readonly platform: string };
}

/** Shorter texts ("thanks!", "same here") say the same by chance, not because they were copied. */
const FEWEST_WORDS = 5;

/**
 * What an opinion's case is found by: its conversation, else its words (so that copied and reposted texts make one case), else the
 * mention alone. Two opinions with one key in one department share their open case. Pure.
 */
export function caseKeyOf({ thread, text, mentionId, labels }: CaseClues): { key: string; reason: string } {
  if (thread) return { key: `thread:${labels.platform}:${digest(thread)}`, reason: 'same conversation' };
  const words = normalise(text);
  if (words.length >= FEWEST_WORDS) return { key: `words:${digest(words.join(' '))}`, reason: 'same words' };
  return { key: `mention:${mentionId}`, reason: 'on its own' };
}

/** The words that stay when a text is reposted: no handles, links, repost marks, digits or punctuation; lower case. */
function normalise(text: string): string[] {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/https?:\/\/\S+|@\w+|\brt\b/gu, ' ')
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '');
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 24);
}
