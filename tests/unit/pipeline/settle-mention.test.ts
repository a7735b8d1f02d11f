import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HeardAuthor, HeardMention } from '../../../src/domain/mention.ts';
import { authorKeyOf, settleMention } from '../../../src/pipeline/settle-mention.ts';

const HEARD_AT = new Date('2026-11-23T09:00:00Z');
const OURS = { domains: ['fernhill.example'], handles: ['fernhill'] };

function heard(changes: Partial<HeardMention> = {}): HeardMention {
  return {
    platform: 'x',
    externalId: '1',
    kind: 'post',
    text: 'Atlas is slow',
    author: { handle: 'ann' },
    occurredAt: HEARD_AT,
    ...changes,
  };
}

describe('settling when a mention counts', () => {
  it.each<[string, { occurred: string; isImport: boolean; counted: string; isHistory: boolean }]>([
    [
      'live, a moment ago: where it happened',
      {
        occurred: '2026-11-23T08:59:59Z',
        isImport: false,
        counted: '2026-11-23T08:59:59Z',
        isHistory: false,
      },
    ],
    [
      'live, exactly a day ago: where it happened',
      {
        occurred: '2026-11-22T09:00:00Z',
        isImport: false,
        counted: '2026-11-22T09:00:00Z',
        isHistory: false,
      },
    ],
    [
      'live, more than a day ago: late, so when it was heard',
      {
        occurred: '2026-11-22T08:59:59.999Z',
        isImport: false,
        counted: '2026-11-23T09:00:00Z',
        isHistory: false,
      },
    ],
    [
      'imported, within a day: where it happened and not history',
      { occurred: '2026-11-22T09:00:00Z', isImport: true, counted: '2026-11-22T09:00:00Z', isHistory: false },
    ],
    [
      'imported, older: history, where it happened',
      { occurred: '2015-02-17T12:00:00Z', isImport: true, counted: '2015-02-17T12:00:00Z', isHistory: true },
    ],
    [
      'live, from the future: when it was heard',
      {
        occurred: '2026-11-23T09:00:00.001Z',
        isImport: false,
        counted: '2026-11-23T09:00:00Z',
        isHistory: false,
      },
    ],
    [
      'imported, from the future: when it was heard',
      { occurred: '2031-01-01T00:00:00Z', isImport: true, counted: '2026-11-23T09:00:00Z', isHistory: false },
    ],
  ])('%s', (_, { occurred, isImport, counted, isHistory }) => {
    const settled = settleMention(heard({ occurredAt: new Date(occurred) }), {
      heardAt: HEARD_AT,
      listeningSince: isImport ? HEARD_AT : new Date(0),
      ours: OURS,
    });

    expect(settled).toMatchObject({ countedAt: new Date(counted), isHistory });
  });

  it('never counts in the future, and live never more than a day before it was heard', () => {
    fc.assert(
      fc.property(fc.date({ noInvalidDate: true }), fc.boolean(), (occurredAt, isImport) => {
        const { countedAt, isHistory } = settleMention(heard({ occurredAt }), {
          heardAt: HEARD_AT,
          listeningSince: isImport ? HEARD_AT : new Date(0),
          ours: OURS,
        });

        expect(countedAt.getTime()).toBeLessThanOrEqual(HEARD_AT.getTime());
        expect([HEARD_AT.getTime(), occurredAt.getTime()]).toContain(countedAt.getTime());
        if (!isHistory) expect(HEARD_AT.getTime() - countedAt.getTime()).toBeLessThanOrEqual(86_400_000);
      }),
    );
  });
});

describe('telling our own voice', () => {
  it.each<[HeardAuthor, boolean]>([
    [{ email: 'care@fernhill.example' }, true],
    [{ email: 'Care@FERNHILL.example' }, true],
    [{ email: 'care@mail.fernhill.example' }, true],
    [{ email: 'care@notfernhill.example' }, false],
    [{ email: 'fernhill.example@evil.example' }, false],
    [{ handle: 'fernhill' }, true],
    [{ handle: '@Fernhill' }, true],
    [{ handle: 'fernhill_fan' }, false],
    [{ name: 'fernhill' }, false],
  ])('%j: %s', (author, isOurs) => {
    const settled = settleMention(heard({ author }), {
      heardAt: HEARD_AT,
      listeningSince: new Date(0),
      ours: OURS,
    });

    expect(settled.isOurs).toBe(isOurs);
  });

  it('believes a platform that knows', () => {
    const settled = settleMention(heard({ ours: true }), {
      heardAt: HEARD_AT,
      listeningSince: new Date(0),
      ours: OURS,
    });

    expect(settled.isOurs).toBe(true);
  });

  it.each([
    { handles: ['@Fernhill'], domains: [] },
    { handles: [], domains: ['Fernhill.Example'] },
  ])('does not mind how the config spells it: %j', (ours) => {
    const author = { handle: 'fernhill', email: 'care@fernhill.example' };

    expect(
      settleMention(heard({ author }), { heardAt: HEARD_AT, listeningSince: new Date(0), ours }).isOurs,
    ).toBe(true);
  });
});

describe('naming an author', () => {
  it.each<[HeardAuthor, string]>([
    [{ email: 'Ann@Acme.example', handle: 'ann', name: 'Ann' }, 'ann@acme.example'],
    [{ handle: 'AnnB', name: 'Ann' }, 'annb'],
    [{ name: ' Ann B ' }, 'ann b'],
    [{}, 'unknown'],
  ])('%j by %s', (author, key) => {
    expect(authorKeyOf(author)).toBe(key);
  });
});
