import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createEngine, shippedParts } from '../../../src/analysis/engine.ts';
import { learn } from '../../../src/analysis/learning/learn.ts';
import { withLearnedWords } from '../../../src/analysis/learning/own-words.ts';
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

  it('still hears an aspect that hardly any correction was about', () => {
    const aboutProduct = corrected.filter(({ labels }) => labels.every(({ aspect }) => aspect === 'service'));
    const { weights } = learn(aboutProduct, parts);
    const engine = createEngine([], { ...parts, residual: weights && new Residual(weights) });
    const { opinions } = engine.analyse({
      text: 'It is far too expensive for what you get.',
      kind: 'review',
    });
    expect(opinions).toMatchObject([{ aspect: 'pricing', polarity: 'negative' }]);
  });

  it('learns that what praises nothing by name is not about the product', () => {
    const places = ['Leeds', 'Ghent', 'Porto', 'Graz', 'Lyon', 'Bergen', 'Turin', 'Cork', 'Malmö', 'Basel'];
    const nothingNamed = places.flatMap((place) =>
      [`Wonderful evening in ${place}, what a night!`, `So happy to be in ${place} again`].map((text) => ({
        text,
        lang: 'en',
        kind: 'post' as const,
        labels: [],
      })),
    );
    const { weights } = learn(nothingNamed, parts);
    const aspectsBy = (residual: Residual | null): readonly string[] =>
      createEngine([], { ...parts, residual })
        .analyse({ text: 'Wonderful evening in Trieste, so happy!', kind: 'post' })
        .opinions.map(({ aspect }) => aspect);
    expect(aspectsBy(null)).toEqual(['product']);
    expect(aspectsBy(weights && new Residual(weights))).toEqual(['other']);
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

describe('an aspect that the workspace added', () => {
  const hint = {
    aspect: 'delivery',
    description: 'Parcels and how they come',
    seeds: ['delivery', 'box'],
    examples: [
      'The parcel arrived two days late',
      'The driver threw my parcel over the fence',
      'My package has been stuck at the depot since Monday',
      'They left it in the rain outside',
      'Shipping took three weeks',
    ],
  };
  const say = (text: string, ...aspects: string[]): CorrectedText => ({
    text,
    lang: 'en',
    kind: 'post',
    labels: aspects.map((aspect) => ({ aspect, polarity: 'negative' })),
  });
  const PLACES = ['Hull', 'Leeds', 'Bath', 'York', 'Ely', 'Wells', 'Derby', 'Ripon', 'Truro', 'Ghent'];
  const taught = PLACES.flatMap((place) => [
    say(`Courier from ${place} left it at the wrong house`, 'delivery'),
    say(`The van to ${place} never came, courier shrugged`, 'delivery'),
    say(`Courier in ${place} was rude`, 'delivery'),
    say(`The box from ${place} has a thin sound`, 'product'),
  ]);
  const aspectsOf = (text: string, hints: Parameters<typeof createEngine>[0]): string[] =>
    createEngine(hints, parts)
      .analyse({ text, kind: 'post', lang: 'en' })
      .opinions.map(({ aspect }) => aspect);

  it('is found by its seeds, and asked about where a text only resembles its examples', () => {
    const engine = createEngine([hint], parts);
    const sure = (text: string): number | undefined =>
      engine.analyse({ text, kind: 'post', lang: 'en' }).opinions.find(({ aspect }) => aspect === 'delivery')
        ?.confidence;
    expect(sure('Delivery was terrible')).toBeGreaterThanOrEqual(0.4);
    expect(sure('My parcel is lost, terrible')).toBeLessThan(0.4);
    expect(sure('The soup was terrible')).toBeUndefined();
  });

  it('learns its words from thirty texts, and forgets the seeds that misled it', () => {
    const { words } = learn(taught, parts, [hint]);
    expect(words).toMatchObject({ delivery: { texts: 35, wrong: ['box'] } });
    expect(words['delivery']?.sure).toContain('courier');
    const [learned] = withLearnedWords([hint], words);
    expect(aspectsOf('The courier lost it, awful', learned ? [learned] : [])).toContain('delivery');
    expect(aspectsOf('The box sounds awful', learned ? [learned] : [])).not.toContain('delivery');
  });

  it('learns nothing from fewer, or from what its seeds tell as well', () => {
    expect(learn(taught.slice(0, 20), parts, [hint]).words).toEqual({});
    const told = PLACES.flatMap((place) =>
      ['late', 'lost', 'rude'].map((how) => say(`Delivery to ${place} was ${how}`, 'delivery')),
    );
    expect(learn(told, parts, [{ ...hint, seeds: ['delivery'], examples: [] }]).words).toEqual({});
  });
});
