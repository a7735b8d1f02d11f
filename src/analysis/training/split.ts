import { createHash } from 'node:crypto';

/** Industries of the corpus that measure: none of their texts is learned from while figures are taken. */
export const TEST_INDUSTRIES: readonly string[] = [
  'b2b-software',
  'fashion-retail',
  'gardening-tools',
  'hotels',
  'real-estate',
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

export type Part = 'train' | 'dev' | 'test';

/** Corpus texts are parted by industry; of other sets every twentieth text (by its digest) calibrates. */
export function partOf({
  text,
  industry,
}: {
  readonly text: string;
  readonly industry?: string | undefined;
}): Part {
  if (industry !== undefined) {
    if (TEST_INDUSTRIES.includes(industry)) return 'test';
    return DEV_INDUSTRIES.includes(industry) ? 'dev' : 'train';
  }
  return (createHash('sha256').update(text).digest()[0] ?? 0) % 20 === 0 ? 'dev' : 'train';
}
