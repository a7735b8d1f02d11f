import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadSample, readSampleMentions } from '../../../prisma/demo/load.ts';

const rows = readSampleMentions();
const todayIds = new Set(rows.filter(({ day }) => day === 0).map(({ id }) => id));
const orderToday = rows
  .filter(({ day }) => day === 0)
  .toSorted((a, b) => a.time.localeCompare(b.time))
  .map(({ id }) => id);

function todayOf(now: Date, zone: string) {
  return loadSample(now, zone)
    .mentions.map(({ mention }) => mention)
    .filter(({ externalId }) => todayIds.has(externalId));
}

function instantOf(id: string, now: string, zone: string): string | undefined {
  const found = loadSample(new Date(now), zone).mentions.find(({ mention }) => mention.externalId === id);
  return found?.mention.occurredAt.toISOString();
}

describe('loadSample', () => {
  it('keeps the written times of today when they have all passed', () => {
    const first = rows.find(({ id }) => id === orderToday[0]);

    expect(instantOf(orderToday[0] ?? '', '2031-07-12T21:00:00Z', 'UTC')).toBe(
      `2031-07-12T${first?.time}:00.000Z`,
    );
  });

  it('counts days back in the zone, over a change of the clocks', () => {
    const weekAgo = rows.find(({ day }) => day === -7);

    // London put its clocks forward on 30 March 2031, so a local time before that day is UTC.
    const instant = instantOf(weekAgo?.id ?? '', '2031-04-01T20:00:00Z', 'Europe/London');

    expect(instant).toBe(`2031-03-25T${weekAgo?.time}:00.000Z`);
  });

  it.each([
    ['2031-03-12T09:00:00Z', 'Europe/London', '2031-03-12T00:00:00Z'],
    ['2031-03-12T01:00:00Z', 'Europe/London', '2031-03-12T00:00:00Z'],
    ['2031-03-12T00:00:00Z', 'Europe/London', '2031-03-11T19:40:00Z'],
    ['2031-03-12T00:59:59Z', 'Europe/London', '2031-03-11T19:40:00Z'],
    ['2031-03-12T04:00:00Z', 'Asia/Kathmandu', '2031-03-11T18:15:00Z'],
  ])('at %s in %s moves today before now and not before %s', (now, zone, notBefore) => {
    const today = todayOf(new Date(now), zone).map(({ occurredAt }) => occurredAt.getTime());

    expect(Math.max(...today)).toBe(new Date(now).getTime() - 60_000);
    expect(Math.min(...today)).toBeGreaterThanOrEqual(new Date(notBefore).getTime());
  });

  it('never hears from the future and keeps the order of today, whatever the time and zone', () => {
    const instants = fc.date({
      min: new Date('2025-01-01'),
      max: new Date('2035-01-01'),
      noInvalidDate: true,
    });
    const zones = fc.constantFrom(
      'Europe/London',
      'America/St_Johns',
      'Asia/Kathmandu',
      'Pacific/Apia',
      'UTC',
    );

    fc.assert(
      fc.property(instants, zones, (now, zone) => {
        const { mentions } = loadSample(now, zone);
        const latest = Math.max(...mentions.map(({ mention }) => mention.occurredAt.getTime()));
        const today = mentions.map(({ mention }) => mention.externalId).filter((id) => todayIds.has(id));

        expect(latest).toBeLessThanOrEqual(now.getTime() - 60_000);
        expect(today).toEqual(orderToday);
      }),
      { numRuns: 25 },
    );
  });

  it('writes dates of quoted mail as the language of the mail does', () => {
    const { mentions } = loadSample(new Date('2031-03-12T21:00:00Z'), 'Europe/London');
    const texts = mentions.map(({ mention }) => mention.text).join('\n');

    expect(texts).not.toContain('{{');
    expect(texts).toContain('On 1 Mar 2031 at 07:58, Gareth Pell');
    expect(texts).toMatch(/Am 8\.\s?März 2031 um 08:20 schrieb Stefan Kübler/);
    expect(texts).toMatch(/Le 3 mars 2031 à 08:12, Claire Le Dantec/);
  });

  it('refuses a zone that does not exist', () => {
    expect(() => loadSample(new Date(0), 'Europe/Atlantis')).toThrow(
      expect.objectContaining({ kind: 'invalid-input', message: expect.stringContaining('Europe/Atlantis') }),
    );
  });
});
