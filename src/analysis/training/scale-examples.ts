import { BUILT_IN_ASPECTS } from '../../domain/words.ts';
import { polarityLogits, type Reading, TEXT_ROWS, textLogits } from '../heads/combine.ts';
import { ASPECT_AT, INTENT_AT, OURS_AT, POLARITY_OBJECTS, SPAM_AT, URGENCY_AT } from '../heads/outputs.ts';
import { type Labels, UNKNOWN } from './example.ts';
import type { ScaleExample } from './scaling.ts';

const FIRST_ASPECT = POLARITY_OBJECTS.length - BUILT_IN_ASPECTS.length;

/** What the scales of whole texts learn from a text. */
export function textExample(reading: Reading, { targets, polarities, weight }: Labels): ScaleExample {
  const rows = new Int8Array(TEXT_ROWS.count).fill(-1);
  rows.set(targets.subarray(ASPECT_AT, ASPECT_AT + BUILT_IN_ASPECTS.length), TEXT_ROWS.aspects);
  rows.set(targets.subarray(INTENT_AT, OURS_AT), TEXT_ROWS.intents);
  rows[TEXT_ROWS.spam] = targets[SPAM_AT] ?? -1;
  rows[TEXT_ROWS.ours] = targets[OURS_AT] ?? -1;
  rows.set(targets.subarray(URGENCY_AT, URGENCY_AT + 3), TEXT_ROWS.urgency);
  const overall = polarities.subarray(0, FIRST_ASPECT).find((one) => one !== UNKNOWN);
  if (overall !== undefined) {
    rows[TEXT_ROWS.polarity] = overall === -1 ? 1 : 0;
    rows[TEXT_ROWS.polarity + 1] = overall === 1 ? 1 : 0;
  }
  return { logits: textLogits(reading), targets: rows, weight };
}

/** What the scales of aspects' polarity learn from a text: one example a labelled aspect. */
export function polarityExamples(reading: Reading, { polarities, weight }: Labels): ScaleExample[] {
  return BUILT_IN_ASPECTS.flatMap((_, aspect) => {
    const polarity = polarities[FIRST_ASPECT + aspect] ?? UNKNOWN;
    if (polarity === UNKNOWN) return [];
    const targets = Int8Array.of(polarity === -1 ? 1 : 0, polarity === 1 ? 1 : 0);
    return [{ logits: Float32Array.from(polarityLogits(reading, aspect)), targets, weight }];
  });
}
