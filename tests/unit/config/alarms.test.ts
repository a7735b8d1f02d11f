import { describe, expect, it } from 'vitest';
import { faultsOf, GOOD, parse } from './config-fixture.ts';

const OFFICE = `time_intervals: [{ name: office, time_intervals: [{ weekdays: ['monday:friday'] }] }]\n`;

describe('spikes', () => {
  it('are told without a word of the config, and not when it says so', () => {
    expect(parse(GOOD).spikes).toEqual({ minPeople: 5, factor: 2, cooldownMs: 86_400_000 });
    expect(parse(`${GOOD}spikes: { min_people: 12, factor: 1.5, cooldown: 2h }\n`).spikes).toEqual({
      minPeople: 12,
      factor: 1.5,
      cooldownMs: 7_200_000,
    });
    expect(parse(`${GOOD}spikes: { enabled: false }\n`).spikes).toBeNull();
  });

  it('have sensible bounds, and faults where they stand', () => {
    const faults = faultsOf(`${GOOD}spikes: { min_people: 1, factor: 1, cooldown: soon, people: 3 }\n`);

    for (const part of ['min_people', 'factor', 'cooldown', 'people'])
      expect(faults.join('\n')).toContain(part);
  });
});

describe('due times', () => {
  it('are none without a word of the config', () => {
    expect(parse(GOOD).due).toEqual({ withinMs: {}, during: null, escalateTo: null });
  });

  it('are read by urgency, with the time that counts and who is told', () => {
    const { receivers, due } = parse(
      `${GOOD}${OFFICE}due: { urgency_3: 2h, urgency_0: 5d, during: office }\n`,
    );

    expect(due).toMatchObject({
      withinMs: { 3: 7_200_000, 0: 432_000_000 },
      during: { name: 'office' },
      escalateTo: null,
    });
    const [receiver] = receivers;
    expect(parse(`${GOOD}due: { urgency_3: 2h, escalate_to: ${receiver?.name} }\n`).due.escalateTo).toBe(
      receiver?.name,
    );
  });

  it('have faults where a name leads nowhere', () => {
    const faults = faultsOf(`${GOOD}${OFFICE}due: { during: offices, escalate_to: nobody }\n`).join('\n');

    expect(faults).toContain('no time interval is called "offices"; did you mean "office"?');
    expect(faults).toContain('no receiver is called "nobody"');
    expect(faultsOf(`${GOOD}due: { urgency_4: 1h }\n`).join('\n')).toContain('did you mean "urgency_3"?');
  });
});
