import { describe, expect, it } from 'vitest';
import { Scoreboard } from '../../../src/analysis/scoreboard.ts';
import type { Classification } from '../../../src/domain/opinion.ts';

function answer(
  scores: readonly (readonly [aspect: string, score: number])[],
  rest: Partial<Classification> = {},
): Classification {
  const opinions = scores.map(([aspect, score]) => ({
    aspect,
    score,
    polarity: 'neutral' as const,
    intent: 'none' as const,
    confidence: 1,
    start: 0,
    end: 1,
    text: 'x',
    why: [],
  }));
  return {
    lang: 'en',
    spam: false,
    polarity: 'neutral',
    score: 0,
    intents: [],
    urgency: 0,
    opinions,
    ...rest,
  };
}

describe('Scoreboard', () => {
  it('counts aspects once a text and leaves `other` out', () => {
    const board = new Scoreboard();
    board.add(
      { aspects: [{ aspect: 'sales' }] },
      answer([
        ['sales', 1],
        ['sales', -1],
        ['other', 1],
      ]),
    );
    board.add({ aspects: [{ aspect: 'sales' }] }, answer([['product', 1]]));
    board.add({ aspects: [] }, answer([['sales', 1]]));
    const score = board.score('aspects');
    expect(score?.labels).toEqual([
      { label: 'product', precision: 0, recall: 0, f1: 0, support: 0 },
      { label: 'sales', precision: 0.5, recall: 0.5, f1: 0.5, support: 2 },
    ]);
    expect(score).toMatchObject({ texts: 3, macro_f1: 0.5, micro_f1: 0.4, exact: 1 / 3 });
  });

  it('takes the sign of the summed scores as the polarity of an aspect', () => {
    const board = new Scoreboard();
    board.add(
      { aspects: [{ aspect: 'sales', polarity: 'negative' }] },
      answer([
        ['sales', 0.3],
        ['sales', -0.5],
      ]),
    );
    board.add(
      { aspects: [{ aspect: 'sales', polarity: 'neutral' }] },
      answer([
        ['sales', 0.5],
        ['sales', -0.5],
      ]),
    );
    expect(board.score('aspect_polarity')).toMatchObject({ exact: 1, macro_f1: 1 });
  });

  it('leaves unlabelled families out, and counts an empty list as a label', () => {
    const board = new Scoreboard();
    board.add({ intents: [] }, answer([], { intents: [{ intent: 'praise', confidence: 1 }] }));
    expect(board.score('polarity')).toBeNull();
    expect(board.score('aspects')).toBeNull();
    expect(board.score('intents')).toMatchObject({ texts: 1, exact: 0, micro_f1: 0 });
  });

  it('counts a file without spam as right when none is found', () => {
    const board = new Scoreboard();
    board.add({ spam: false }, answer([]));
    board.add({ spam: true }, answer([], { spam: true }));
    expect(board.score('spam')).toMatchObject({ exact: 1, macro_f1: 1 });
  });
});
