import { BUILT_IN_ASPECTS, INTENTS, POLARITIES } from '../../domain/words.ts';
import type { EvidenceReader } from '../evidence.ts';
import type { UnitFeatures } from '../features/unit-features.ts';
import { WordTable } from '../features/word-features.ts';
import { DIMENSIONS, type WordVectors } from '../features/word-vectors.ts';
import {
  ASPECT_AT,
  INTENT_AT,
  OURS_AT,
  OUTPUTS,
  POLARITY_OBJECTS,
  SPAM_AT,
  URGENCY_AT,
  VOICE_AT,
} from '../heads/outputs.ts';
import { readUnits } from '../heads/units.ts';
import type { LabelledText } from './labelled-text.ts';

/** The features of one unit, with the sum of the vectors of its words, scaled. */
export interface Unit extends UnitFeatures {
  readonly vector: Float32Array;
}

/** A labelled text, ready to learn from. */
export interface Example {
  /** The whole text first, then its clauses where there are several. */
  readonly units: readonly Unit[];
  /** 0 or 1 an output, -1 where nothing is known; polarity outputs are always -1. */
  readonly targets: Int8Array;
  /** Per object -1 negative, 0 neutral, 1 positive, or 2 where nothing is known. */
  readonly polarities: Int8Array;
  readonly weight: number;
}

/** What is known of a text, without the text. */
export type Labels = Omit<Example, 'units'>;

/** Stands where nothing is known of a polarity. */
export const UNKNOWN = 2;

/** Makes examples; the text alone is kept as a unit where nothing but its overall polarity, spam or origin is known. */
export function createExampleMaker(
  read: EvidenceReader,
  vectors: WordVectors,
): (labelled: LabelledText) => Example {
  const table = new WordTable(vectors);
  return (labelled) => {
    const { text, lang, kind } = labelled;
    const evidence = read({
      text,
      ...(lang === undefined ? {} : { lang }),
      ...(kind === undefined ? {} : { kind }),
    });
    const isWholeOnly =
      labelled.aspects === undefined && labelled.intents === undefined && labelled.urgency === undefined;
    const { units } = readUnits(isWholeOnly ? { ...evidence, clauses: [] } : evidence, table);
    return {
      units: units.map((unit) => ({ ...unit, vector: vectorOf(unit, vectors) })),
      ...labelsOf(labelled),
    };
  };
}

function vectorOf({ words, first, last, scales }: UnitFeatures, { values }: WordVectors): Float32Array {
  const sum = new Float32Array(DIMENSIONS);
  for (const { vector: row } of words.words.slice(first, last)) {
    for (let d = 0; d < DIMENSIONS && row >= 0; d += 1)
      sum[d] = (sum[d] ?? 0) + (values[row * DIMENSIONS + d] ?? 0);
  }
  return sum.map((value) => value * scales.vector);
}

/** What is known of a text, as numbers. */
export function labelsOf(labelled: LabelledText): Labels {
  const targets = new Int8Array(OUTPUTS).fill(-1);
  const polarities = new Int8Array(POLARITY_OBJECTS.length).fill(UNKNOWN);
  if (labelled.polarity !== undefined)
    polarities[POLARITY_OBJECTS.indexOf(labelled.view ?? 'customer')] =
      POLARITIES.indexOf(labelled.polarity) - 1;
  if (labelled.aspects !== undefined) {
    for (const [at, aspect] of BUILT_IN_ASPECTS.entries()) {
      const found = labelled.aspects.find((one) => one.aspect === aspect);
      if (found !== undefined || labelled.aspectsTold === undefined || labelled.aspectsTold.includes(aspect))
        targets[ASPECT_AT + at] = found === undefined ? 0 : 1;
      if (found?.polarity !== undefined)
        polarities[POLARITY_OBJECTS.length - BUILT_IN_ASPECTS.length + at] =
          POLARITIES.indexOf(found.polarity) - 1;
    }
  }
  if (labelled.intents !== undefined) {
    for (const [at, intent] of INTENTS.entries())
      if (labelled.intentsTold === undefined || labelled.intentsTold.includes(intent))
        targets[INTENT_AT + at] = labelled.intents.includes(intent) ? 1 : 0;
  }
  if (labelled.view === 'mood') targets[VOICE_AT] = 0;
  else if ((labelled.aspects?.length ?? 0) > 0) targets[VOICE_AT] = 1;
  if (labelled.spam !== undefined) targets[SPAM_AT] = labelled.spam ? 1 : 0;
  if (labelled.ours !== undefined) targets[OURS_AT] = labelled.ours ? 1 : 0;
  if (labelled.urgency !== undefined)
    for (let step = 1; step <= 3; step += 1)
      targets[URGENCY_AT + step - 1] = labelled.urgency >= step ? 1 : 0;
  return { targets, polarities, weight: labelled.weight ?? 1 };
}
