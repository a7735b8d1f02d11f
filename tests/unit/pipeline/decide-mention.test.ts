import { describe, expect, it } from 'vitest';
import type { HeldState } from '../../../src/domain/ports/held-mention-store.ts';
import { decideHeld } from '../../../src/pipeline/decide-mention.ts';

const label = { aspect: 'sales', polarity: 'negative' } as const;
const held = (outcome: HeldState['outcome'], ...confidences: number[]): HeldState => ({
  outcome,
  failure: null,
  opinions: confidences.map((confidence, index) => ({ opinionId: String(index), label, confidence })),
});

describe('releasing from quarantine', () => {
  it.each<[string, HeldState, unknown]>([
    ['routes what says something for sure', held('quarantined', 0.2, 0.9), 'route'],
    ['has to be looked at when it is unsure', held('quarantined', 0.2), { outcome: 'unsure' }],
    ['ends where nothing is said', held('quarantined'), { outcome: 'no-opinion' }],
    ['reads what was never read', { ...held('quarantined'), opinions: null }, 'analyse'],
  ])('%s', (_, state, next) => {
    const decision = decideHeld(state, { kind: 'release' });

    expect(decision).toMatchObject({ isReleased: true, labels: [] });
    expect('next' in decision && decision.next).toEqual(
      typeof next === 'string' ? next : expect.objectContaining(next),
    );
  });

  it.each([
    ['was decided already', held('routed', 0.9)],
    ['is on its way', held(null, 0.9)],
    ['is unsure', held('unsure', 0.2)],
    ['could not be read', { ...held('quarantined'), opinions: null, failure: 'a deadline' }],
  ])('is refused for what %s', (_, state) => {
    expect(decideHeld(state, { kind: 'release' })).toEqual({ refusal: expect.stringMatching(/\S/) });
  });
});

describe('deciding on what the model is unsure of', () => {
  it('confirms every opinion', () => {
    expect(decideHeld(held('unsure', 0.1, 0.2), { kind: 'confirm' })).toEqual({
      next: 'route',
      labels: [
        { opinionId: '0', label },
        { opinionId: '1', label },
      ],
      isReleased: false,
    });
  });

  it('corrects some and confirms the rest', () => {
    const other = { aspect: 'pricing', polarity: 'positive' } as const;
    const corrections = [{ opinionId: '1', label: other }];

    const decision = decideHeld(held('unsure', 0.1, 0.2), { kind: 'correct', corrections });

    expect(decision).toMatchObject({
      next: 'route',
      labels: [
        { opinionId: '0', label },
        { opinionId: '1', label: other },
      ],
    });
  });

  it('ends where a person finds no opinion', () => {
    const corrections = [{ opinionId: '0', label: { aspect: 'sales', polarity: null } }];

    const decision = decideHeld(held('unsure', 0.1), { kind: 'correct', corrections });

    expect(decision).toMatchObject({ next: { outcome: 'no-opinion' } });
  });

  it('is refused for an opinion of another mention, and for what is not unsure', () => {
    const corrections = [{ opinionId: '7', label }];

    expect(decideHeld(held('unsure', 0.1), { kind: 'correct', corrections })).toHaveProperty('refusal');
    expect(decideHeld(held('routed', 0.9), { kind: 'confirm' })).toHaveProperty('refusal');
    expect(decideHeld(held('quarantined', 0.1), { kind: 'confirm' })).toHaveProperty('refusal');
  });
});
