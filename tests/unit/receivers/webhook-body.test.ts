import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { webhookBody } from '../../../src/receivers/webhook/body.ts';

function envelopeWith(data: Record<string, unknown>) {
  return { type: 'digest', id: 'd-1', created_at: '2026-03-02T07:29:00.000Z', data } as const;
}

describe('webhook body', () => {
  it('leaves a short message as it is', () => {
    const envelope = envelopeWith({ quotes: ['a', 'b'], url: 'https://earshot.example/d/1' });

    expect(JSON.parse(webhookBody(envelope))).toEqual(envelope);
  });

  it('drops the tail of a long list, says how much, and keeps the link', () => {
    const url = 'https://earshot.example/d/1';
    const quotes = Array.from({ length: 1_000 }, (_, index) => ({ index, words: 'w'.repeat(90) }));

    const body = webhookBody(envelopeWith({ quotes, url }));

    const { data } = JSON.parse(body);
    expect(Buffer.byteLength(body)).toBeLessThan(20_000);
    expect(data.url).toBe(url);
    expect(data.quotes).toEqual(quotes.slice(0, data.quotes.length));
    expect(data.truncated).toEqual({ elements: 1_000 - data.quotes.length, characters: 0 });
  });

  it('is left with the link when there are too many keys to cut', () => {
    const keys = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`key-${index}`, index]));

    const { data } = JSON.parse(webhookBody(envelopeWith({ ...keys, url: 'https://earshot.example/d/1' })));

    expect(data).toEqual({ url: 'https://earshot.example/d/1', truncated: { everything: true } });
  });

  it('is always JSON of less than 20 KB', () => {
    const big = fc.record({
      list: fc.array(fc.jsonValue(), { maxLength: 300 }),
      words: fc.string({ unit: 'binary', minLength: 0, maxLength: 20_000, size: 'max' }),
    });
    fc.assert(
      fc.property(big, fc.dictionary(fc.string(), fc.jsonValue()), (some, more) => {
        const body = webhookBody(envelopeWith({ ...more, ...some }));
        expect(Buffer.byteLength(body)).toBeLessThan(20_000);
        expect(JSON.parse(body).id).toBe('d-1');
      }),
      { numRuns: 100 },
    );
  });
});
