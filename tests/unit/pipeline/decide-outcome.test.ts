import { describe, expect, it } from 'vitest';
import type { Classification } from '../../../src/domain/opinion.ts';
import { decideOutcome, SURE_ENOUGH } from '../../../src/pipeline/decide-outcome.ts';

function classified(confidences: readonly number[], spam = false): Classification {
  return {
    lang: 'en',
    spam,
    polarity: 'neutral',
    score: 0,
    intents: [],
    urgency: 0,
    opinions: confidences.map((confidence) => ({
      aspect: 'product',
      polarity: 'negative',
      score: -1,
      intent: 'none',
      confidence,
      start: 0,
      end: 4,
      text: 'slow',
      why: [],
    })),
  };
}

const CUSTOMER = { isOurs: false, machineMail: null };

describe('giving a mention its outcome', () => {
  it.each<[string, Parameters<typeof decideOutcome>, string | null, string | null]>([
    [
      'our own words',
      [{ isOurs: true, machineMail: null }, null, null],
      'ours',
      'written by the company itself',
    ],
    [
      'our own auto-reply',
      [{ isOurs: true, machineMail: 'auto-reply' }, null, null],
      'ours',
      'written by the company itself',
    ],
    [
      'a bounce',
      [{ isOurs: false, machineMail: 'bounce' }, null, null],
      'quarantined',
      'machine mail: bounce',
    ],
    [
      'a text that broke the classifier',
      [CUSTOMER, null, 'took too long'],
      'quarantined',
      'could not be analysed: took too long',
    ],
    ['a text that got no answer', [CUSTOMER, null, null], 'quarantined', 'could not be analysed: no answer'],
    ['spam with opinions', [CUSTOMER, classified([0.9], true), null], 'quarantined', 'spam'],
    ['no opinion at all', [CUSTOMER, classified([]), null], 'no-opinion', null],
    [
      'opinions that are all too unsure',
      [CUSTOMER, classified([0.1, 0.39]), null],
      'unsure',
      'surest opinion 0.39, needs 0.4',
    ],
    ['an opinion that is just sure enough', [CUSTOMER, classified([SURE_ENOUGH]), null], null, null],
    ['one sure opinion among unsure ones', [CUSTOMER, classified([0.1, 0.8]), null], null, null],
  ])('%s', (_, given, outcome, outcomeReason) => {
    expect(decideOutcome(...given)).toEqual({ outcome, outcomeReason });
  });
});
