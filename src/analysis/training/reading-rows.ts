import { BUILT_IN_ASPECTS, INTENTS, type Intent } from '../../domain/words.ts';
import { TEXT_ROWS } from '../heads/judge.ts';
import { POLARITY_SIGNALS, TEXT_SIGNALS } from '../heads/signals.ts';

// What counts for what in the second readings, in logits. These are set by hand and few: weights that were fitted on our own
// texts instead did worse on every other domain. Outside English, where few words have been learned, the lexicon counts more.

/** An aspect that is named by a word of the lexicon; and so much more outside English. */
const NAMED = 1.3;
const NAMED_ABROAD = 1.5;
/** English for the aspects but product: outside English they speak up too soon. */
const ENGLISH = 0.8;
/** Judging words, for the polarity of a text and of an aspect; and so much more outside English. */
const JUDGED = 0.7;
const JUDGED_OF_ASPECT = 1.3;
const JUDGED_ABROAD = 1.5;
/** A question without judging words takes neither side. */
const ASKED = 0.8;
/** The lexicon's signs of each intent; and so much more outside English. */
const WANTED: Readonly<Record<Intent, number>> = {
  complaint: 1.5,
  praise: 0.7,
  question: 2.5,
  suggestion: 1,
  purchase: 0.7,
  churn: 1.5,
};
const WANTED_ABROAD = 0.7;
/** The lexicon's pressing words, for urgency at least 1, 2, 3: danger is rare in what is learned from. */
const PRESSING = [0.5, 1, 2.5];
const PRODUCT = BUILT_IN_ASPECTS.indexOf('product');

/** The second reading of a text: every row believes its own pooled logit, and the lexicon a little. */
export function textRows(signals: number): number[][] {
  const rows = Array.from({ length: TEXT_ROWS.count }, () => zeros(signals));
  const believe = (row: number, signal: number, weight = 1): void => {
    const weights = rows[row];
    if (weights !== undefined) weights[signal] = weight;
  };
  for (const [at] of BUILT_IN_ASPECTS.entries()) {
    believe(TEXT_ROWS.aspects + at, TEXT_SIGNALS.aspects + 2 * at + 1);
    believe(TEXT_ROWS.aspects + at, TEXT_SIGNALS.named + at, NAMED);
    believe(TEXT_ROWS.aspects + at, TEXT_SIGNALS.namedAbroad + at, NAMED_ABROAD);
    if (at !== PRODUCT) believe(TEXT_ROWS.aspects + at, TEXT_SIGNALS.english, ENGLISH);
  }
  for (const [at, intent] of INTENTS.entries()) {
    believe(TEXT_ROWS.intents + at, TEXT_SIGNALS.intents + 2 * at + 1);
    const counts = WANTED[intent];
    believe(TEXT_ROWS.intents + at, TEXT_SIGNALS.wants + 2 * at, counts);
    believe(TEXT_ROWS.intents + at, TEXT_SIGNALS.wants + 2 * at + 1, WANTED_ABROAD);
  }
  for (let step = 0; step < 3; step += 1) {
    believe(TEXT_ROWS.urgency + step, TEXT_SIGNALS.urgency + step);
    believe(TEXT_ROWS.urgency + step, TEXT_SIGNALS.pressing + step, PRESSING[step]);
  }
  believe(TEXT_ROWS.spam, TEXT_SIGNALS.spam);
  believe(TEXT_ROWS.ours, TEXT_SIGNALS.ours);
  for (const side of [0, 1]) {
    believe(TEXT_ROWS.polarity + side, TEXT_SIGNALS.byVoice + 2 * side);
    believe(TEXT_ROWS.polarity + side, TEXT_SIGNALS.byVoice + 2 * side + 1);
    believe(TEXT_ROWS.polarity + side, TEXT_SIGNALS.judged, side === 0 ? -JUDGED : JUDGED);
    believe(
      TEXT_ROWS.polarity + side,
      TEXT_SIGNALS.judgedAbroad,
      side === 0 ? -JUDGED_ABROAD : JUDGED_ABROAD,
    );
  }
  return rows;
}

/** The second reading of an aspect's polarity: its own two logits and the lexicon. */
export function polarityRows(signals: number): number[][] {
  return [0, 1].map((side) => {
    const row = zeros(signals);
    row[POLARITY_SIGNALS.own + side] = 1;
    row[POLARITY_SIGNALS.judged] = side === 0 ? -JUDGED_OF_ASPECT : JUDGED_OF_ASPECT;
    row[POLARITY_SIGNALS.asked] = -ASKED;
    row[POLARITY_SIGNALS.judgedAbroad] = side === 0 ? -JUDGED_ABROAD : JUDGED_ABROAD;
    return row;
  });
}

function zeros(count: number): number[] {
  return Array.from({ length: count }, () => 0);
}
