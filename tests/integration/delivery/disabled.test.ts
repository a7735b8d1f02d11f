import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { acceptConfig } from '../../../src/store/config-store.ts';
import { createPendingWork } from '../../../src/store/pending-work.ts';
import { type Ledger, messageOf, openLedger, SLACK, WEBHOOK } from './delivery-fixture.ts';

let ledger: Ledger;
beforeAll(async () => {
  ledger = await openLedger();
});
beforeEach(() => ledger.forget());
afterAll(() => ledger.close());

const statusOf = async (id: string) =>
  (await ledger.rows()).filter((row) => row.id === id).map(({ status, attempts }) => [status, attempts]);
const alarms = async () => (await ledger.rows()).filter(({ id }) => id.startsWith('destination:'));
const waits = async () => (await createPendingWork(ledger.database, 'any').find()).includes('deliver');

async function refuseOnce(status: number, body = ''): Promise<void> {
  ledger.hook.answerWith({ status, body });
  await ledger.passDueTimes();
  await ledger.deliver();
}

describe('a destination that is gone', () => {
  it.each([
    ['webhook', 410, ''],
    ['slack', 404, 'no_service'],
    ['slack', 403, 'token_revoked'],
    ['slack', 410, 'channel_is_archived'],
  ] as const)(
    '(%s, %i %s) is switched off at once and announced by the others',
    async (kind, status, body) => {
      const to = kind === 'slack' ? SLACK : WEBHOOK;
      (kind === 'slack' ? ledger.slack : ledger.hook).answerWith({ status, body });
      await ledger.write(messageOf('n:1'), to);

      await ledger.deliver();

      expect(await statusOf('n:1')).toEqual([['pending', 1]]);
      expect(await ledger.attempts()).toMatchObject([{ result: 'refused' }]);
      expect(await ledger.destinations.listDisabled()).toMatchObject([{ ...to, waiting: 1 }]);
      expect((await alarms()).map(({ integration }) => integration).toSorted()).toEqual(
        ['email', 'slack', 'webhook'].filter((one) => one !== kind),
      );
      expect(JSON.stringify(await ledger.destinations.listDisabled())).not.toContain('/services/');
    },
  );

  it('is asked no more, keeps what comes, and wakes nobody', async () => {
    await ledger.write(messageOf('n:1'), WEBHOOK);
    await refuseOnce(410);
    await ledger.write(messageOf('n:2'), WEBHOOK);
    await ledger.deliver();
    const before = ledger.hook.requests.length;

    await ledger.passDueTimes();
    expect(await ledger.deliver()).toBe(false);

    expect(ledger.hook.requests.length).toBe(before);
    expect([await statusOf('n:1'), await statusOf('n:2')]).toEqual([[['pending', 1]], [['pending', 0]]]);
    expect(await ledger.deliveries.nextDueAt()).toBeNull();
    expect(await waits()).toBe(false);
  });

  it('gets what was kept once somebody switches it on, and says so only once', async () => {
    await ledger.write(messageOf('n:1'), WEBHOOK);
    await refuseOnce(410);
    ledger.hook.answerWith({});

    expect(await ledger.destinations.enable(WEBHOOK, 'ann')).toBe(true);
    expect(await ledger.destinations.enable(WEBHOOK, 'ann')).toBe(false);
    await ledger.deliver();

    expect(await statusOf('n:1')).toEqual([['delivered', 2]]);
    expect(await ledger.destinations.listDisabled()).toEqual([]);
    expect(
      await ledger.database.query(
        `SELECT actor, subject FROM audit_log WHERE action = 'destination enabled'`,
      ),
    ).toEqual([{ actor: 'ann', subject: 'destination desk/webhook/0' }]);
  });

  it('is on again after a newer config, and off again when it still is gone', async () => {
    await ledger.write(messageOf('n:1'), WEBHOOK);
    await refuseOnce(410);
    await acceptConfig(ledger.database, {
      yaml: 'other: text',
      origin: 'test',
      parts: { departments: [], audiences: [], digests: [] },
    });
    expect(await ledger.destinations.listDisabled()).toEqual([]);

    await refuseOnce(410);

    expect(await statusOf('n:1')).toEqual([['pending', 2]]);
    expect(await ledger.destinations.listDisabled()).toMatchObject([WEBHOOK]);
    expect(new Set((await alarms()).map(({ id }) => id)).size).toBe(2);
  });
});

describe('a destination that refuses us', () => {
  it.each([401, 403, 404])('with %i is asked three times before it is switched off', async (status) => {
    await ledger.write(messageOf('n:1'), WEBHOOK);
    await refuseOnce(status);
    await refuseOnce(status);
    expect(await ledger.destinations.listDisabled()).toEqual([]);

    await refuseOnce(status);

    expect(await ledger.destinations.listDisabled()).toMatchObject([{ ...WEBHOOK, waiting: 1 }]);
    expect(await statusOf('n:1')).toEqual([['pending', 3]]);
    expect(await alarms()).toHaveLength(2);
  });

  it('begins anew when it takes a message between', async () => {
    await ledger.write(messageOf('n:1'), WEBHOOK);
    await refuseOnce(403);
    await refuseOnce(403);
    await refuseOnce(200);
    await ledger.write(messageOf('n:2'), WEBHOOK);
    await refuseOnce(403);
    await refuseOnce(403);

    expect(await ledger.destinations.listDisabled()).toEqual([]);
  });
});
