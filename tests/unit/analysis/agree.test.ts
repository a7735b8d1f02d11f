import { describe, expect, it } from 'vitest';
import { leanOnOpinions, leanOnWhole } from '../../../src/analysis/opinions/agree.ts';
import type { Draft } from '../../../src/analysis/opinions/draft.ts';

const NEGATIVE = [0.9, 0.1, 0] as const;
const POSITIVE = [0, 0.2, 0.8] as const;

function draft(aspect: string, chances: Draft['chances'], aspectChance = 1): Draft {
  return { aspect, chances, aspectChance, intent: 'none', from: 0, to: 1, clauseFrom: 0, clauseTo: 1 };
}

describe('a text and its opinions', () => {
  it('lean on each other and stay chances', () => {
    const own = leanOnWhole(NEGATIVE, POSITIVE);
    const whole = leanOnOpinions(POSITIVE, [draft('service', NEGATIVE)], 1);

    expect(own[0]).toBeLessThan(NEGATIVE[0]);
    expect(own[0]).toBeGreaterThan(own[2]);
    expect(whole[0]).toBeGreaterThan(POSITIVE[0]);
    expect(whole[2]).toBeGreaterThan(whole[0]);
    for (const chances of [own, whole]) expect(chances[0] + chances[1] + chances[2]).toBeCloseTo(1);
  });

  it('lets what is surer weigh more', () => {
    const [both, unsure] = [1, 0.1].map((aspectChance) =>
      leanOnOpinions(POSITIVE, [draft('service', NEGATIVE, aspectChance), draft('product', POSITIVE)], 1),
    );

    expect(both?.[0]).toBeGreaterThan(unsure?.[0] ?? 1);
  });

  it('leaves a text to the world, and one without an aspect, as it was judged', () => {
    expect(leanOnOpinions(POSITIVE, [draft('service', NEGATIVE)], 0)).toEqual(POSITIVE);
    expect(leanOnOpinions(POSITIVE, [draft('other', NEGATIVE)], 1)).toEqual(POSITIVE);
    expect(leanOnOpinions(POSITIVE, [], 1)).toEqual(POSITIVE);
  });
});
