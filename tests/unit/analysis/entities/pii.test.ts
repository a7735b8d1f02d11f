import { describe, expect, it } from 'vitest';
import { findPii, maskPii } from '../../../../src/analysis/entities/pii.ts';
import { LEFT, MASKED } from './pii-table.ts';

describe('what tells who somebody is or where their money lies', () => {
  it.each(MASKED)('is masked: %s', (text, masked) => {
    expect(maskPii(text)).toBe(masked);
  });

  it.each(MASKED)('is not made longer: %s', (text) => {
    expect(maskPii(text).length).toBeLessThanOrEqual(text.length);
  });

  it('is found with its place', () => {
    const text = 'Ann, 555-234-5678 or ann@firm.example';

    expect(findPii(text).map(({ kind, start, end }) => [kind, text.slice(start, end)])).toEqual([
      ['phone', '555-234-5678'],
      ['mail', 'ann@firm.example'],
    ]);
  });

  it('is not found twice in what is masked', () => {
    for (const [text] of MASKED) expect(findPii(maskPii(text))).toEqual([]);
  });
});

describe('what only looks like it', () => {
  it.each(LEFT)('is left: %s', (text) => {
    expect(maskPii(text)).toBe(text);
  });
});

it('takes no longer than the text is long', () => {
  const hostile = [
    '1 '.repeat(50_000),
    '+1-'.repeat(30_000),
    'a'.repeat(100_000),
    '@.'.repeat(50_000),
    'DE89 '.repeat(20_000),
  ];

  for (const text of hostile) {
    const started = performance.now();
    findPii(text);
    expect(performance.now() - started).toBeLessThan(20_000);
  }
});
