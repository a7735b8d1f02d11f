import { describe, expect, it } from 'vitest';
import type { Place } from '../../../../src/sources/email/cursor.ts';
import { afterMail, endScan, placeIn, unreadIn } from '../../../../src/sources/email/place.ts';

const DAY = 24 * 3600 * 1000;
const LATEST = Date.UTC(2026, 2, 30);
const SINCE = LATEST - 30 * DAY;
const FOLDER = { validity: '7', nextUid: 101, count: 50 };
const READ: Place = { validity: '7', uid: 80, latest: LATEST };

describe('the place in a folder', () => {
  it('is kept while the numbering holds', () => {
    expect(placeIn(FOLDER, READ, SINCE)).toBe(READ);
    expect(unreadIn(READ)).toEqual({ from: 81 });
  });

  it.each([
    ['it is read for the first time', undefined, SINCE],
    ['its UIDVALIDITY is another', { ...READ, validity: '6' }, LATEST - 2 * DAY],
    ['its UIDVALIDITY is gone', { ...READ, validity: '0' }, LATEST - 2 * DAY],
    ['a UID that was read is yet to be given', { ...READ, uid: 101 }, LATEST - 2 * DAY],
    ['it was renumbered before any mail was seen', { ...READ, validity: '6', latest: null }, SINCE],
    [
      'it was renumbered in the middle of the first reading',
      { ...READ, validity: '6', scan: { since: SINCE, until: 90 } },
      SINCE,
    ],
  ])('goes back to a date when %s', (_when, place, since) => {
    const found = placeIn(FOLDER, place, SINCE);

    expect(found).toMatchObject({ validity: '7', uid: 0, scan: { since, until: 100 } });
    expect(unreadIn(found)).toEqual({ from: 1, to: 100, since: new Date(since) });
  });

  it('leaves dates aside once what was there is read', () => {
    const scanned = placeIn(FOLDER, undefined, SINCE);

    expect(unreadIn({ ...scanned, uid: 100 })).toBeNull();
    expect(endScan(scanned)).toEqual({ validity: '7', uid: 100, latest: null });
  });

  it('moves past each mail and remembers the latest, but none that is dated ahead of now', () => {
    const now = new Date(LATEST + DAY);
    const after = (receivedAt: Date | null): Place => afterMail(READ, { uid: 81, size: 1, receivedAt }, now);

    expect(after(new Date(LATEST + 5))).toEqual({ ...READ, uid: 81, latest: LATEST + 5 });
    expect(after(new Date(LATEST - DAY)).latest).toBe(LATEST);
    expect(after(new Date('2099-01-01')).latest).toBe(now.getTime());
    expect(after(null).latest).toBe(LATEST);
  });
});
