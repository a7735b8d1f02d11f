import { beforeEach, describe, expect, it } from 'vitest';
import { createOutage, type Outage } from '../../../src/lib/outage.ts';

let now: number;
let told: string[];
let outage: Outage;
beforeEach(() => {
  now = 0;
  told = [];
  outage = createOutage({
    onBegin: ({ message }) => told.push(`begin: ${message}`),
    onEnd: () => told.push('end'),
    now: () => now,
  });
});

describe('an outage', () => {
  it('is told with the first error only', () => {
    outage.met(new Error('first'));
    outage.met(new Error('second'));

    expect(told).toEqual(['begin: first']);
  });

  it('is over when a call passes and none has failed for a while', () => {
    outage.met(new Error('first'));
    now = 4_999;
    outage.passed();
    expect(told).toEqual(['begin: first']);

    now = 5_000;
    outage.passed();
    outage.passed();
    expect(told).toEqual(['begin: first', 'end']);
  });

  it('that comes again is told again', () => {
    outage.met(new Error('first'));
    now = 5_000;
    outage.passed();
    outage.met(new Error('again'));

    expect(told).toEqual(['begin: first', 'end', 'begin: again']);
  });

  it('that never was is not told to be over', () => {
    outage.passed();

    expect(told).toEqual([]);
  });
});
