import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseConfig } from '../../../src/config/earshot-yaml.ts';
import type { OutboundMessage } from '../../../src/domain/delivery.ts';
import { watchOverdue } from '../../../src/pipeline/watch-overdue.ts';
import { watchSpikes } from '../../../src/pipeline/watch-spikes.ts';
import { receiverKinds } from '../../../src/receivers/registry.ts';
import { parseMatchers } from '../../../src/routing/parse-matcher.ts';
import { sourceKinds } from '../../../src/sources/registry.ts';
import { createOverdueStore } from '../../../src/store/overdue-store.ts';
import { createPendingWork } from '../../../src/store/pending-work.ts';
import { createSilenceStore } from '../../../src/store/silence-store.ts';
import { createSpikeStore } from '../../../src/store/spike-store.ts';
import { type FreshDatabase, freshDatabase } from '../../support/fresh-database.ts';
import { seedWorkspace } from '../../support/seed-workspace.ts';
import { forgetMentions, openSteps, post, type Steps } from './pipeline-fixture.ts';

const YAML = `
workspace: { name: Fernhill, timezone: UTC }
departments:
  - { name: finance, aspects: [pricing] }
  - { name: service, aspects: [product, sales, service] }
receivers:
  - { name: everything, file: [{ path: all.ndjson }] }
  - { name: money, file: [{ path: money.ndjson }] }
  - { name: heads, file: [{ path: heads.ndjson }] }
route:
  receiver: everything
  department: service
  routes:
    - { matchers: ['aspect="pricing"'], receiver: money }
due: { urgency_3: 1h, urgency_0: 4h, escalate_to: heads }
`;

let fresh: FreshDatabase;
let steps: Steps;
beforeAll(async () => {
  fresh = await freshDatabase();
  steps = await openSteps(fresh.database, undefined, YAML);
});
afterAll(() => fresh.close());
beforeEach(async () => {
  await forgetMentions(steps);
  await fresh.database.execute('DELETE FROM delivery');
});

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const config = parseConfig(YAML, {
  file: 'earshot.yaml',
  env: {},
  registries: { receivers: receiverKinds, sources: sourceKinds },
});
const wake = async () => undefined;
const destination = (receiver: string) => [{ receiver, integration: 'file', number: 0 }];

async function sent(): Promise<{ receiver: string; message: OutboundMessage }[]> {
  return fresh.database.query('SELECT receiver, message FROM delivery ORDER BY id');
}

const pending = () => createPendingWork(fresh.database, 'model').find();

describe('spikes', () => {
  beforeEach(async () => {
    await fresh.database.execute('DELETE FROM spike');
    await fresh.database.execute('DELETE FROM silence');
  });

  /** People who complain about an aspect so long ago, each once. */
  const complaints = (people: number, ago: number, aspect = 'pricing', polarity = 'negative' as const) =>
    seedWorkspace(fresh.database, {
      mentions: Array.from({ length: people }, (_, n) => ({
        text: `The price went up again, says number ${n}`,
        at: new Date(Date.now() - ago).toISOString(),
        author: `${aspect} ${ago} ${n}`,
        opinions: [{ aspect, polarity }],
        outcome: 'routed',
      })),
    });

  const look = async (changes: Partial<typeof config> = {}) => {
    await fresh.database.execute(`UPDATE workspace SET spikes_due_at = now() - interval '1 second'`);
    return watchSpikes({
      spikes: createSpikeStore(fresh.database),
      config: { ...config, ...changes },
      destinationsOf: destination,
      publicUrl: 'https://earshot.example',
      wake,
    });
  };
  const age = (column: string, ms: number) =>
    fresh.database.execute(
      `UPDATE spike SET ${column} = ${column} - make_interval(secs => $1::int)`,
      ms / 1000,
    );

  it('are told once to who hears of such complaints, and their end after the cooldown', async () => {
    for (const week of [1, 2, 3, 4]) await complaints(2, week * 7 * DAY + HOUR);
    await complaints(1, 4 * 7 * DAY + 2 * DAY);
    await complaints(9, 3 * HOUR);

    expect(await look()).toEqual(['Complaints about pricing: 9 people in 24 hours, usually 2']);
    expect(await look()).toEqual([]);
    await complaints(6, 2 * HOUR, 'pricing');
    expect(await look()).toEqual([]);

    const [only, ...others] = await sent();
    expect(others).toEqual([]);
    expect(only).toMatchObject({
      receiver: 'money',
      message: { kind: 'alarm', payload: { aspect: 'pricing', people: 9, usual: 2, resolved: false } },
    });
    expect(only?.message.text).toContain('“The price went up again');
    expect(only?.message.text).toContain('aspect%3A%22pricing%22');

    // All of it is yesterday's.
    await fresh.database.execute(`UPDATE mention SET counted_at = counted_at - interval '25 hours'`);
    expect(await look()).toEqual([]);
    await age('quiet_since', DAY);
    expect(await look()).toEqual(['Over: complaints about pricing are down to 0 people in 24 hours']);
    expect(await look()).toEqual([]);
    const ids = (await sent()).map(({ message }) => message.id);
    expect(ids[1]).toBe(`${ids[0]}:over`);
    expect((await sent())[1]?.message.payload).toMatchObject({ resolved: true, peak: 15 });
  });

  it('that come back within the cooldown are the same, and are not told anew', async () => {
    await complaints(1, 10 * DAY);
    await complaints(8, HOUR);
    expect(await look()).toHaveLength(1);
    await fresh.database.execute(`UPDATE mention SET counted_at = counted_at - interval '25 hours'`);
    await look();
    await age('quiet_since', 23 * HOUR);
    await complaints(8, 2 * HOUR);

    expect(await look()).toEqual([]);
    expect(await sent()).toHaveLength(1);
    expect(await fresh.database.query('SELECT ended_at, quiet_since FROM spike')).toEqual([
      { ended_at: null, quiet_since: null },
    ]);
  });

  it('need a past to be compared with, people and not messages, and complaints', async () => {
    await complaints(30, HOUR);
    expect(await look()).toEqual([]);

    await complaints(1, 9 * DAY, 'service');
    await fresh.database.execute(
      `DELETE FROM opinion WHERE mention_id IN (SELECT id FROM mention WHERE counted_at > now() - interval '1 day')`,
    );
    await seedWorkspace(fresh.database, {
      mentions: Array.from({ length: 30 }, (_, n) => ({
        text: `Once more, ${n}`,
        at: new Date(Date.now() - HOUR).toISOString(),
        author: 'one loud voice',
        opinions: [{ aspect: 'pricing', polarity: 'negative' as const }],
        outcome: 'routed',
      })),
    });
    expect(await look()).toEqual([]);
    await fresh.database.execute(
      `UPDATE mention SET is_history = true WHERE counted_at > now() - interval '1 day'`,
    );
    await complaints(4, HOUR, 'sales');
    expect(await look()).toEqual([]);
  });

  it('that are silenced are told when that ends', async () => {
    await complaints(1, 10 * DAY);
    await complaints(8, HOUR);
    const silences = createSilenceStore(fresh.database);
    const { id } = await silences.add({
      matchers: parseMatchers('aspect="pricing"'),
      spelling: 'aspect="pricing"',
      startsAt: new Date(Date.now() - HOUR),
      endsAt: new Date(Date.now() + HOUR),
      author: 'Ada',
      reason: 'we know',
    });
    expect(await look()).toEqual([]);
    await silences.expire(id, 'Ada');

    expect(await look()).toHaveLength(1);
  });

  it('that end while they are silenced are told to be over when that ends', async () => {
    await complaints(1, 10 * DAY);
    await complaints(8, HOUR);
    await look();
    await fresh.database.execute(`UPDATE mention SET counted_at = counted_at - interval '25 hours'`);
    await look();
    await age('quiet_since', DAY);
    const silences = createSilenceStore(fresh.database);
    const { id } = await silences.add({
      matchers: parseMatchers('aspect="pricing"'),
      spelling: 'aspect="pricing"',
      startsAt: new Date(Date.now() - HOUR),
      endsAt: new Date(Date.now() + HOUR),
      author: 'Ada',
      reason: 'we know',
    });
    expect(await look()).toEqual([]);
    await silences.expire(id, 'Ada');

    expect(await look()).toEqual(['Over: complaints about pricing are down to 0 people in 24 hours']);
  });

  it('nobody wants to hear of are not looked for', async () => {
    await complaints(1, 10 * DAY);
    await complaints(8, HOUR);

    expect(await look({ spikes: null })).toEqual([]);
    expect(await fresh.database.query('SELECT 1 FROM spike')).toEqual([]);
  });

  it('are not looked for at once again when a look failed', async () => {
    await fresh.database.execute(`UPDATE workspace SET spikes_due_at = now() - interval '1 second'`);
    const looking = createSpikeStore(fresh.database).look(() => Promise.reject(new Error('no answer')));

    await expect(looking).rejects.toThrow();
    expect(await pending()).not.toContain('alarm');
  });

  it('are looked for every few minutes, by one process', async () => {
    await fresh.database.execute(`UPDATE workspace SET spikes_due_at = now() - interval '1 minute'`);
    expect(await pending()).toContain('alarm');

    await look();

    expect(await pending()).not.toContain('alarm');
  });
});

describe('a case', () => {
  const overdue = (destinations = destination('heads')) =>
    watchOverdue(
      {
        overdue: createOverdueStore(fresh.database),
        destinations,
        zone: 'Europe/Berlin',
        publicUrl: 'https://earshot.example',
        wake,
      },
      new Date(),
    );
  const dues = () =>
    fresh.database.query<{ hours: number | null }>(
      `SELECT round(extract(epoch FROM due_at - $1::timestamptz) / 3600)::int AS hours FROM cases ORDER BY id`,
      '2026-11-23T09:00:00Z',
    );

  it('is due by its most urgent opinion, unless it is history', async () => {
    await steps.settle([post('1', 'bad pricing, too dear'), post('2', 'bad service, they never call')]);
    await steps.settle(
      [post('3', 'bad product, it broke', { occurredAt: new Date('2026-11-02T08:00:00Z') })],
      { isImport: true },
    );

    const hours = (await dues()).map((row) => row.hours);
    expect(hours).toContain(4);
    expect(hours.at(-1)).toBeNull();
  });

  it('past its time is told one level up, once, and is found as overdue', async () => {
    await steps.settle([post('1', 'bad pricing, too dear'), post('2', 'bad service, they never call')]);
    await fresh.database.execute(`UPDATE cases SET due_at = now() - interval '1 hour'`);
    await fresh.database.execute(`UPDATE workspace SET spikes_due_at = now() + interval '1 hour'`);
    expect(await pending()).toContain('alarm');
    await fresh.database.execute('DELETE FROM delivery');

    expect(await overdue()).toBe(2);
    expect(await overdue()).toBe(0);

    const [only, ...others] = await sent();
    expect(others).toEqual([]);
    expect(only).toMatchObject({ receiver: 'heads', message: { kind: 'alarm' } });
    expect(only?.message.subject).toMatch(
      /^Overdue in (finance, service|service, finance): 2 cases not closed in time$/,
    );
    expect(only?.message.text).toMatch(
      /Case \d+ \(finance, urgency 0\), due .*, nobody has it: 1 person · “bad pricing/,
    );
    expect(await pending()).not.toContain('alarm');
  });

  it('that is closed, snoozed or told of is not told', async () => {
    await steps.settle([post('1', 'bad pricing, too dear'), post('2', 'bad service, they never call')]);
    await fresh.database.execute(`UPDATE cases SET due_at = now() - interval '1 hour'`);
    await fresh.database.execute(
      `UPDATE cases SET status = 'resolved', closed_at = now() WHERE id = (SELECT min(id) FROM cases)`,
    );
    await fresh.database.execute(
      `UPDATE cases SET status = 'snoozed', snoozed_until = now() + interval '1 hour' WHERE closed_at IS NULL`,
    );
    expect(await overdue()).toBe(0);

    await fresh.database.execute(
      `UPDATE cases SET snoozed_until = now() - interval '1 second' WHERE closed_at IS NULL`,
    );
    expect(await overdue()).toBe(1);
    // Brought back, it starts no second alarm.
    await fresh.database.execute(
      `UPDATE cases SET status = 'open', closed_at = NULL, snoozed_until = NULL WHERE overdue_at IS NOT NULL`,
    );
    expect(await overdue()).toBe(0);
  });

  it('without anybody to tell is noticed all the same', async () => {
    await steps.settle([post('1', 'bad pricing, too dear')]);
    await fresh.database.execute(`UPDATE cases SET due_at = now() - interval '1 hour'`);
    await fresh.database.execute('DELETE FROM delivery');

    expect(await overdue([])).toBe(1);
    expect(await sent()).toEqual([]);
  });
});
