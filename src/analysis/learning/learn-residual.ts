import { BUILT_IN_ASPECTS } from '../../domain/words.ts';
import type { EvidenceReader } from '../evidence.ts';
import type { UnitFeatures } from '../features/unit-features.ts';
import { WordTable } from '../features/word-features.ts';
import type { WordVectors } from '../features/word-vectors.ts';
import {
  aspectLogit,
  createReading,
  polarityLogits,
  polarityShares,
  type Reading,
  TEXT_ROWS,
} from '../heads/combine.ts';
import { type Heads, leaningOf } from '../heads/judge.ts';
import { ASPECT_AT, OUTPUTS, objectAt, POLARITY_AT, sigmoid } from '../heads/outputs.ts';
import { chancesOf, poolStrongest } from '../heads/pooling.ts';
import { readUnits } from '../heads/units.ts';
import { WeightReader } from '../heads/weights.ts';
import { labelsOf, UNKNOWN } from '../training/example.ts';
import type { LabelledText } from '../training/labelled-text.ts';
import { createRandom, shuffle } from '../training/random.ts';
import { CORRECTED, Residual } from './residual.ts';

export interface LearningSettings {
  readonly read: EvidenceReader;
  readonly heads: Heads;
  readonly vectors: WordVectors;
  readonly seed: number;
}

const EPOCHS = 12;
const RATE = 0.4;
const DAMPING = 1;
/** So many corrections count as much as what was learned before; with fewer they count less. */
const PRIOR_CORRECTIONS = 15;
/** The same of how an aspect is judged, which differs from text to text more than what is spoken of. */
const PRIOR_JUDGED = 30;
/** The same by texts that are about an aspect. */
const PRIOR_ABOUT = 3;
/** From this chance on a text was read to be about an aspect. */
const EVEN = 0.5;

interface Lesson {
  readonly reading: Reading;
  readonly base: Float32Array;
  readonly units: readonly UnitFeatures[];
  /** An aspect each: 1, 0, or -1 where nothing is known. */
  readonly aspects: Int8Array;
  /** An aspect each: -1 negative, 0 neutral, 1 positive, `UNKNOWN`. */
  readonly polarities: Int8Array;
}

/**
 * Learns what corrected texts add to the heads, which stay as they are: the same losses as in training, taken of the scaled chances that
 * decide, and all of it shrunk: what is spoken of by n / (n + 15) and by how many texts are about the aspect, how it is judged by n / (n + 30). The same texts and seed give the same numbers.
 */
export function learnResidual(texts: readonly LabelledText[], settings: LearningSettings): Residual {
  const residual = new Residual();
  const squares = new Float32Array(residual.weights.length).fill(DAMPING);
  const random = createRandom(settings.seed);
  const lessons = texts.map(createLessonMaker(settings));
  const shares = sharesOf(lessons, settings.heads);
  const order = [...lessons];
  const gradient = new Float32Array(OUTPUTS);
  for (let epoch = 0; epoch < EPOCHS; epoch += 1) {
    shuffle(order, random);
    for (const lesson of order) {
      const { reading, base, units } = lesson;
      reading.logits.set(base);
      for (const [at, unit] of units.entries()) residual.add(unit, reading.logits, at * OUTPUTS);
      const gradients = gradientsOf(lesson, settings.heads);
      for (const [at, unit] of units.entries()) {
        gradient.set(gradients.subarray(at * OUTPUTS, (at + 1) * OUTPUTS));
        residual.each(unit, (start, scale) => step(residual.weights, squares, { start, scale, gradient }));
      }
    }
  }
  return new Residual(residual.weights.map((weight, at) => weight * (shares[at % shares.length] ?? 0)));
}

/**
 * How much of what was learned counts, by corrected output: all the less of an aspect that hardly any text was about, by what it was read
 * as or corrected to, or a rare one would vanish.
 */
function sharesOf(lessons: readonly Lesson[], heads: Heads): readonly number[] {
  const shareOf = (prior: number): number => lessons.length / (lessons.length + prior);
  const counts = BUILT_IN_ASPECTS.map(
    (_, at) =>
      lessons.filter(({ reading, aspects }) => aspects[at] === 1 || chanceOf(reading, at, heads) >= EVEN)
        .length,
  );
  return CORRECTED.map((output) => {
    const count = counts[output - ASPECT_AT];
    if (count === undefined) return shareOf(PRIOR_JUDGED);
    return (shareOf(PRIOR_CORRECTIONS) * (count + 1)) / (count + 1 + PRIOR_ABOUT);
  });
}

function chanceOf(reading: Reading, aspect: number, { text }: Heads): number {
  const [slope, offset] = text[TEXT_ROWS.aspects + aspect] ?? [1, 0];
  return sigmoid(slope * aspectLogit(reading, aspect) + offset);
}

function createLessonMaker({ read, heads, vectors }: LearningSettings): (labelled: LabelledText) => Lesson {
  const table = new WordTable(vectors);
  const weights = new WeightReader(heads.weights, vectors);
  return (labelled) => {
    const { text, lang, kind } = labelled;
    const evidence = read({
      text,
      ...(lang === undefined ? {} : { lang }),
      ...(kind === undefined ? {} : { kind }),
    });
    const { words, units } = readUnits(evidence, table);
    const base = new Float32Array(units.length * OUTPUTS);
    weights.begin(words);
    for (const [at, unit] of units.entries()) weights.read(unit, base, at * OUTPUTS);
    const { targets, polarities } = labelsOf(labelled);
    return {
      reading: createReading(evidence, base.slice(), units.length),
      base,
      units,
      aspects: targets.slice(ASPECT_AT, ASPECT_AT + BUILT_IN_ASPECTS.length),
      polarities: polarities.slice(polarities.length - BUILT_IN_ASPECTS.length),
    };
  };
}

/** How every output of every unit should move, of the loss of one text. */
function gradientsOf({ reading, aspects, polarities }: Lesson, heads: Heads): Float32Array {
  const { polarity } = heads;
  const { logits, units } = reading;
  const gradients = new Float32Array(units * OUTPUTS);
  const shares = new Float32Array(units);
  const spread = (output: number, by: number, over: Float32Array): void => {
    for (let unit = 0; unit < units; unit += 1) {
      const at = unit * OUTPUTS + output;
      gradients[at] = (gradients[at] ?? 0) + by * (over[unit] ?? 0);
    }
  };
  for (const [aspect, name] of BUILT_IN_ASPECTS.entries()) {
    const target = aspects[aspect] ?? -1;
    if (target >= 0) {
      const error = chanceOf(reading, aspect, heads) - target;
      poolStrongest(logits, units, ASPECT_AT + aspect, shares);
      const [slope] = heads.text[TEXT_ROWS.aspects + aspect] ?? [1];
      spread(ASPECT_AT + aspect, error * slope, shares);
    }
    const said = polarities[aspect] ?? UNKNOWN;
    if (said === UNKNOWN) continue;
    const [first, second] = polarityLogits(reading, aspect);
    const [low, high] = [polarity[0] ?? [1, 0], polarity[1] ?? [1, 0]];
    const [blame, praise] = leaningOf(reading);
    const [negative, , positive] = chancesOf([
      low[0] * first + low[1] + blame,
      high[0] * second + high[1] + praise,
    ]);
    const of = polarityShares(reading, aspect);
    for (const [side, error] of [
      [0, (negative - (said === -1 ? 1 : 0)) * low[0]],
      [1, (positive - (said === 1 ? 1 : 0)) * high[0]],
    ] as const) {
      spread(POLARITY_AT + side, error, of);
      spread(objectAt(name) + side, error, of);
    }
  }
  return gradients;
}

function step(
  weights: Float32Array,
  squares: Float32Array,
  {
    start,
    scale,
    gradient,
  }: { readonly start: number; readonly scale: number; readonly gradient: Float32Array },
): void {
  for (let at = 0; at < CORRECTED.length; at += 1) {
    const slope = (gradient[CORRECTED[at] ?? 0] ?? 0) * scale;
    if (slope === 0) continue;
    const place = start + at;
    const square = (squares[place] ?? 0) + slope * slope;
    squares[place] = square;
    weights[place] = (weights[place] ?? 0) - (RATE * slope) / Math.sqrt(square);
  }
}
