import { createHash } from 'node:crypto';

/** Industries of the corpus that measure: none of their texts is learned from while figures are taken. */
export const TEST_INDUSTRIES: readonly string[] = [
  'b2b-software',
  'banking',
  'fashion-retail',
  'gardening-tools',
  'held-out-sentences',
  'hotels',
  'real-estate',
  'streaming-media',
  'telecom',
  'water-and-waste',
];

/** Industries that calibrate: scales and thresholds are fitted on them. */
export const DEV_INDUSTRIES: readonly string[] = [
  'airlines',
  'bikes',
  'energy-utility',
  'event-tickets',
  'grocery',
  'payments',
  'toys',
];

/** Files of the corpus that no one industry wrote: every fifth of their texts calibrates, the rest teaches. */
const WIDE_FILES: readonly string[] = [
  'brand-posts',
  'customer-mails',
  'eating-and-stays',
  'eating-out',
  'gadgets',
  'misread-sentences',
  'groceries-and-shops',
  'places-to-stay',
  'reviews-five-languages',
  'shopping-reviews',
  'six-languages',
  'support-threads',
];

export type Part = 'train' | 'dev' | 'test';

/** Corpus texts are parted by industry; of wide files every fifth text and of other sets every twentieth (by its digest) calibrates. */
export function partOf({
  text,
  industry,
}: {
  readonly text: string;
  readonly industry?: string | undefined;
}): Part {
  if (industry !== undefined && !WIDE_FILES.includes(industry)) {
    if (TEST_INDUSTRIES.includes(industry)) return 'test';
    return DEV_INDUSTRIES.includes(industry) ? 'dev' : 'train';
  }
  const chosen = createHash('sha256').update(text).digest()[0] ?? 0;
  return chosen % (industry === undefined ? 20 : 5) === 0 ? 'dev' : 'train';
}
