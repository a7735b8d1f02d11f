import { describe, expect, it } from 'vitest';
import type { Spike, SpikeReading, SpikeRules } from '../../../src/domain/spike.ts';
import { isSpike, turnSpikes } from '../../../src/routing/spikes.ts';

const HOUR = 3_600_000;
const RULES: SpikeRules = { minPeople: 5, factor: 2, cooldownMs: 24 * HOUR };
const NOW = new Date('2026-11-27T12:00:00Z');

const reading = (people: number, usual: number | null, of: Partial<SpikeReading> = {}): SpikeReading => ({
  aspect: 'pricing',
  themeId: null,
  theme: null,
  people,
  usual,
  ...of,
});
const seats = { themeId: '7', theme: 'per seat' };
const going = (of: Partial<Spike> = {}): Spike => ({
  id: '1',
  aspect: 'pricing',
  themeId: null,
  theme: null,
  beganAt: new Date(NOW.getTime() - 5 * HOUR),
  people: 20,
  peak: 20,
  usual: 3,
  toldAt: new Date(NOW.getTime() - 5 * HOUR),
  quietSince: null,
  ...of,
});
const turns = (readings: readonly SpikeReading[], open: readonly Spike[] = []) =>
  turnSpikes(readings, open, RULES, NOW);

describe('a spike', () => {
  it.each([
    ['many where few are usual', 20, 3, true],
    ['too few people', 4, 0, false],
    ['the first five of a new matter', 5, 0, true],
    ['fewer than twice the usual', 39, 20, false],
    ['twice the usual, within what counts scatter by', 6, 3, false],
    ['twice a large usual', 80, 40, true],
    ['nothing to compare with', 500, null, false],
  ])('%s', (_name, people, usual, is) => {
    expect(isSpike(reading(people, usual), RULES)).toBe(is);
  });

  it('begins once', () => {
    const [begun, ...others] = turns([reading(20, 3), reading(2, 1, { aspect: 'service' })]);

    expect(others).toEqual([]);
    expect(begun).toMatchObject({
      id: null,
      isOver: false,
      spike: { people: 20, peak: 20, beganAt: NOW, toldAt: null },
    });
    expect(turns([reading(30, 3)], [going()])).toMatchObject([
      { id: '1', isOver: false, spike: { people: 30, peak: 30, quietSince: null } },
    ]);
  });

  it('is over once it was quiet for the cooldown, also when nobody speaks of it any more', () => {
    const ago = (hours: number) => new Date(NOW.getTime() - hours * HOUR);

    expect(turns([reading(4, 3)], [going()])).toMatchObject([
      { isOver: false, spike: { quietSince: NOW, peak: 20 } },
    ]);
    expect(turns([], [going({ quietSince: ago(23) })])).toMatchObject([
      { isOver: false, spike: { quietSince: ago(23) } },
    ]);
    expect(turns([], [going({ quietSince: ago(24) })])).toMatchObject([
      { isOver: true, spike: { people: 0 } },
    ]);
  });

  it('that rises again within the cooldown is the same one', () => {
    expect(
      turns([reading(25, 3)], [going({ quietSince: new Date(NOW.getTime() - 20 * HOUR) })]),
    ).toMatchObject([{ id: '1', isOver: false, spike: { quietSince: null, peak: 25 } }]);
  });

  it('of a theme stands for its aspect when most speak of it', () => {
    const theme = reading(12, 0, seats);

    expect(turns([reading(20, 3), theme]).map(({ subject }) => subject.theme)).toEqual(['per seat']);
    expect(turns([reading(40, 3), theme])).toHaveLength(2);
    // What was told is not taken back by it.
    expect(turns([reading(20, 3), theme], [going()])).toMatchObject([
      { subject: { theme: 'per seat' } },
      { id: '1', isOver: false, spike: { quietSince: null } },
    ]);
  });
});
