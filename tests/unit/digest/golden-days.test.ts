import { describe, expect, it } from 'vitest';
import { goldenDays } from './golden-days.ts';

const DAYS = goldenDays();

describe('two hundred days', () => {
  it('read as they were read and agreed to', async () => {
    const told = DAYS.map(({ kind, subject, text }) => `=== ${kind}\n${subject}\n---\n${text.trim()}\n`).join(
      '\n',
    );

    await expect(told).toMatchFileSnapshot('golden-days.txt');
  });

  it('have subjects of a line, and no percent of fewer than twenty', () => {
    for (const { kind, subject, text } of DAYS) {
      expect(subject.length, kind).toBeLessThanOrEqual(78);
      for (const [, base] of text.matchAll(/\d+% of (\d+)/g))
        expect(Number(base), kind).toBeGreaterThanOrEqual(20);
      expect(text, kind).not.toMatch(
        /\bNaN\b|undefined|null|Infinity|\b1 people\b|\b1 messages\b|\b1 accounts\b|\b0 person\b/,
      );
      expect(text, kind).not.toMatch(/huge|massive|dramatic|alarming|terrible|amazing|skyrocket/i);
    }
  });
});
