import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { DEV_INDUSTRIES, partOf, TEST_INDUSTRIES } from '../../../src/analysis/training/split.ts';
import { BUILT_IN_ASPECTS, INTENTS, POLARITIES } from '../../../src/domain/words.ts';

const FOLDER = fileURLToPath(new URL('../../../src/analysis/corpus/', import.meta.url));

const entry = z.strictObject({
  id: z.string(),
  text: z.string().min(8),
  lang: z.enum(['en', 'es', 'fr', 'de', 'pt', 'nl']),
  kind: z.enum(['post', 'review', 'chat', 'mail']),
  industry: z.string(),
  aspects: z.array(z.strictObject({ aspect: z.enum(BUILT_IN_ASPECTS), polarity: z.enum(POLARITIES) })),
  polarity: z.enum(POLARITIES),
  intents: z.array(z.enum(INTENTS)),
  urgency: z.number().int().min(0).max(3),
  spam: z.boolean(),
  ours: z.literal(true).optional(),
});

const files = readdirSync(FOLDER).filter((name) => name.endsWith('.jsonl'));
const corpus = files.flatMap((file) =>
  readFileSync(FOLDER + file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => ({ file, ...entry.parse(JSON.parse(line)) })),
);

function count(holds: (one: (typeof corpus)[number]) => boolean): number {
  return corpus.filter(holds).length;
}

describe('corpus', () => {
  it('holds as many texts and industries as the model card promises', () => {
    expect(corpus.length).toBeGreaterThanOrEqual(6_000);
    expect(new Set(corpus.map(({ industry }) => industry)).size).toBeGreaterThanOrEqual(25);
  });

  it.each(BUILT_IN_ASPECTS.flatMap((aspect) => POLARITIES.map((polarity) => [aspect, polarity] as const)))(
    'holds %s judged %s often enough to learn and to measure',
    (aspect, polarity) => {
      const holds = (one: (typeof corpus)[number]): boolean =>
        one.aspects.some((found) => found.aspect === aspect && found.polarity === polarity);
      expect(count(holds)).toBeGreaterThanOrEqual(150);
      expect(count((one) => TEST_INDUSTRIES.includes(one.industry) && holds(one))).toBeGreaterThanOrEqual(20);
    },
  );

  it.each(['sales', 'pricing'])('holds at least 1,000 texts about %s, which no public set has', (aspect) => {
    expect(count(({ aspects }) => aspects.some((found) => found.aspect === aspect))).toBeGreaterThanOrEqual(
      1_000,
    );
  });

  it.each(['es', 'fr', 'de', 'pt', 'nl'])(
    'holds at least 250 texts in %s, some of them to measure',
    (lang) => {
      expect(count((one) => one.lang === lang)).toBeGreaterThanOrEqual(250);
      expect(
        count((one) => one.lang === lang && TEST_INDUSTRIES.includes(one.industry)),
      ).toBeGreaterThanOrEqual(50);
    },
  );

  it('holds no text twice, whatever its case and signs', () => {
    const keys = corpus.map(({ text }) =>
      text
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
        .trim(),
    );
    expect(keys.length - new Set(keys).size).toBe(0);
  });

  it('names each text by its own digest and each file by its industry', () => {
    for (const { id, text, file, industry } of corpus) {
      expect(id).toBe(createHash('sha256').update(text).digest('hex').slice(0, 10));
      expect(file).toBe(`${industry}.jsonl`);
    }
  });

  it('names no aspect twice in a text, and none where the company or nobody speaks', () => {
    for (const { id, aspects, spam, ours } of corpus) {
      expect(new Set(aspects.map(({ aspect }) => aspect)).size, id).toBe(aspects.length);
      if (spam || ours === true) expect(aspects, id).toEqual([]);
    }
  });

  it('splits by industries that exist, each for one use', () => {
    const industries = new Set(corpus.map(({ industry }) => industry));
    for (const industry of [...DEV_INDUSTRIES, ...TEST_INDUSTRIES]) expect(industries).toContain(industry);
    expect(DEV_INDUSTRIES.filter((industry) => TEST_INDUSTRIES.includes(industry))).toEqual([]);
    const parts = corpus.map(partOf);
    for (const part of ['dev', 'test']) {
      const share = parts.filter((each) => each === part).length / parts.length;
      expect(share, part).toBeGreaterThan(0.1);
      expect(share, part).toBeLessThan(0.2);
    }
  });
});
