import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createEngine, shippedParts } from '../../src/analysis/engine.ts';
import { createEvidenceReader } from '../../src/analysis/evidence.ts';
import { learn } from '../../src/analysis/learning/learn.ts';
import { Residual } from '../../src/analysis/learning/residual.ts';
import { Scoreboard } from '../../src/analysis/scoreboard.ts';
import { tellKind } from '../../src/analysis/text/kind.ts';
import type { LabelledText } from '../../src/analysis/training/labelled-text.ts';
import { createRandom, shuffle } from '../../src/analysis/training/random.ts';
import type { CorrectedText } from '../../src/domain/learning.ts';
import { LABELLED_SETS } from '../support/shared-data.ts';

interface CorrectionsFigures {
  readonly bench: 'corrections';
  /** Percent of texts whose aspects and polarities are read exactly right, by so many corrected texts. */
  readonly exact: Readonly<Record<string, Readonly<Record<number, number>>>>;
}

/** Domains that the shipped model has not learned from: a name, a file and its lines. */
const DOMAINS: readonly (readonly [string, string, number, number])[] = [
  ['airline posts', 'airline_united_usair_american', 0, 9_185],
  ['restaurant reviews', 'aspect_reviews', 0, 3_700],
  ['laptop reviews', 'aspect_reviews', 3_800, 9_000],
  ['stays', 'aspect_reviews', 17_800, 20_365],
];
const CORRECTED = [0, 25, 50, 100, 250, 500];
const MEASURED = 1_000;
const DRAWS = 3;

/** Corrects so many texts of a domain the model does not know, and measures on a thousand others; means of three draws. */
export async function benchCorrections(): Promise<CorrectionsFigures> {
  const exact: Record<string, Record<number, number>> = {};
  for (const [name, file, from, to] of DOMAINS) {
    const path = `${LABELLED_SETS}/${file}.jsonl`;
    if (!existsSync(path)) throw new Error(`This bench reads ${path}, which is not there`);
    const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '');
    const texts = lines
      .slice(from, to)
      .map((line) => JSON.parse(line) as LabelledText & { readonly rconf?: number })
      .filter(({ rconf = 1 }) => rconf >= 0.6)
      .flatMap(({ text, lang, aspects }): LabelledText[] =>
        aspects === undefined ? [] : [{ text, lang: lang ?? 'en', aspects }],
      );
    const means = CORRECTED.map(() => 0);
    for (let draw = 1; draw <= DRAWS; draw += 1) {
      const found = measure(texts, draw);
      for (const [at, figure] of found.entries()) means[at] = (means[at] ?? 0) + figure / DRAWS;
    }
    exact[name] = Object.fromEntries(
      CORRECTED.map((count, at) => [count, Math.round(10 * (means[at] ?? 0)) / 10]),
    );
    process.stdout.write(
      `${name.padEnd(20)}${CORRECTED.map((count, at) => `${count}: ${(means[at] ?? 0).toFixed(1)} %`.padEnd(14)).join('')}\n`,
    );
  }
  return { bench: 'corrections', exact };
}

function toCorrected({ text, lang, aspects = [] }: LabelledText): CorrectedText {
  return {
    text,
    lang: lang ?? 'en',
    kind: tellKind(text),
    labels: aspects.map(({ aspect, polarity }) => ({ aspect, polarity: polarity ?? null })),
  };
}

function measure(texts: readonly LabelledText[], seed: number): number[] {
  const order = [...texts];
  shuffle(order, createRandom(seed));
  const [measured, pool] = [order.slice(0, MEASURED), order.slice(MEASURED)];
  const parts = shippedParts();
  const read = createEvidenceReader([]);
  return CORRECTED.map((count) => {
    const { weights } = learn(pool.slice(0, count).map(toCorrected), parts);
    const residual = weights === null ? null : new Residual(weights);
    const engine = createEngine([], { ...parts, residual, read });
    const board = new Scoreboard();
    for (const { text, lang, aspects } of measured)
      board.add({ aspects }, engine.analyse({ text, ...(lang === undefined ? {} : { lang }) }));
    return 100 * (board.score('aspect_polarity')?.exact ?? 0);
  });
}
