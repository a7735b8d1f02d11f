import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createEngine, shippedParts } from '../../../src/analysis/engine.ts';
import { learn } from '../../../src/analysis/learning/learn.ts';
import { Residual } from '../../../src/analysis/learning/residual.ts';
import { CORPUS_FOLDER } from '../../../src/cli/corpus-folder.ts';
import type { CorrectedText } from '../../../src/domain/learning.ts';
import type { ChannelKind } from '../../../src/domain/words.ts';

interface Line {
  readonly text: string;
  readonly lang: string;
  readonly kind: ChannelKind;
  readonly aspects: CorrectedText['labels'];
}

const parts = shippedParts();

function linesOf(industry: string): Line[] {
  return readFileSync(`${CORPUS_FOLDER}/${industry}.jsonl`, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line)
    .filter(({ kind }) => kind === 'review');
}

/** A workspace where whatever works or fails is the service's to mend. */
function allIsService({ text, lang, kind, aspects }: Line): CorrectedText {
  const labels = aspects.map(({ aspect, polarity }) => ({
    aspect: aspect === 'product' ? 'service' : aspect,
    polarity,
  }));
  return {
    text,
    lang,
    kind,
    labels: labels.filter((one, at) => labels.findIndex((other) => other.aspect === one.aspect) === at),
  };
}

const corrected = [...linesOf('phones'), ...linesOf('cars')].slice(0, 80).map(allIsService);

describe('learning from corrections', () => {
  it('reads as people corrected, also where it was not corrected', () => {
    const { texts, exactBefore, exactAfter, weights } = learn(corrected, parts);
    expect(texts).toBe(80);
    expect(exactAfter).toBeGreaterThan(exactBefore);
    const engine = createEngine([], { ...parts, residual: weights && new Residual(weights) });
    const others = linesOf('toys').slice(0, 60);
    const countProduct = (reader: typeof engine): number =>
      others.filter(({ text }) =>
        reader.analyse({ text, kind: 'review' }).opinions.some(({ aspect }) => aspect === 'product'),
      ).length;
    expect(countProduct(engine)).toBeLessThan(countProduct(createEngine([], parts)) / 2);
  });

  it('gives the same numbers for the same texts', () => {
    expect(learn(corrected.slice(0, 30), parts)).toEqual(learn(corrected.slice(0, 30), parts));
  });

  it('stays off where there is little to learn from, and where the model reads all as people do', () => {
    expect(learn(corrected.slice(0, 9), parts).weights).toBeNull();
    const engine = createEngine([], parts);
    const agreed = linesOf('phones')
      .slice(0, 40)
      .map(({ text, lang, kind }) => {
        const labels = new Map(engine.analyse({ text, lang, kind }).opinions.map((one) => [one.aspect, one]));
        return {
          text,
          lang,
          kind,
          labels: [...labels.values()].map(({ aspect, polarity }) => ({ aspect, polarity })),
        };
      });
    expect(learn(agreed, parts)).toMatchObject({ texts: 40, exactBefore: 40, weights: null });
  });
});
