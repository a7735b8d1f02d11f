import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockPayload, plainPayload } from '../../../src/receivers/slack/payload.ts';

const message = {
  id: 'digest/2026-03-02/executive',
  kind: 'digest',
  subject: 'Digest',
  text: 'words',
  payload: {},
  createdAt: new Date(0),
} as const;

describe('slack payload', () => {
  it('shows the tail of the id, where ids differ', () => {
    expect(plainPayload(message).text).toBe('Digest\n\nwords\n\nEarshot delivery 02/executive');
    expect(plainPayload({ ...message, id: 'short' }).text).toMatch(/Earshot delivery short$/);
  });

  it('keeps plain text within 3000 characters without half entities or half characters', () => {
    const piece = fc.constantFrom('&', '<!here>', '\u{1f600}', '👩‍👩‍👧', 'word ', '\u202e', '`', '@channel');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 2_000, size: 'max' }), (pieces) => {
        const { text } = plainPayload({ ...message, text: pieces.join('') });
        expect(text.length).toBeLessThanOrEqual(3_000);
        expect(text.isWellFormed()).toBe(true);
        expect(text.replaceAll(/&(amp|lt|gt);/g, '')).not.toMatch(/[&<>]/);
      }),
    );
  });

  it('keeps any number of blocks within 50 and the footer last', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), (count) => {
        const slackBlocks = Array.from({ length: count }, (_, index) => ({
          type: 'divider',
          block_id: String(index),
        }));
        const blocks = blockPayload({ ...message, slackBlocks }).blocks ?? [];
        expect(blocks.length).toBeLessThanOrEqual(50);
        expect(JSON.stringify(blocks.at(-1))).toContain('02/executive');
        expect(blocks[0]).toEqual(slackBlocks[0]);
      }),
    );
  });
});
