import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { freshDatabase } from '../support/fresh-database.ts';
import { NO_FAULTS, readFaults } from '../support/pipeline-facts.ts';
import type { Running } from '../support/run-script.ts';
import { type Field, openField, WAIT } from './field.ts';

const PAGE = 30;

/** Kill points of a worker; dying at none of them may have a message sent twice. */
const POINTS = [
  'analyse.claimed',
  'analyse.classified',
  'analyse.committed',
  'flush.committed',
  'deliver.claimed',
] as const;

/**
 * Kills workers at each point while mentions come in; each time a clean worker takes over. Nothing is lost or doubled, and only a message
 * that was under way or taken when its sender died arrives twice, under the same id.
 */
export function describeKills(queue: 'postgres' | 'redis', name: string): void {
  describe(`a worker that is killed, with ${name}`, { timeout: 120_000 }, () => {
    let field: Field;
    let api: Awaited<ReturnType<Field['api']>>;
    beforeAll(async () => {
      field = await openField(queue, await freshDatabase());
      api = await field.api();
    });
    afterAll(() => field.close());

    async function send(): Promise<void> {
      expect((await field.post(api.url, field.page(PAGE))).status).toBe(202);
    }

    /** Sends page after page until the process has died of it. */
    async function sendUntilDead({ child }: Running): Promise<void> {
      await vi.waitUntil(
        async () => {
          if (child.signalCode === null) await send();
          return child.signalCode !== null;
        },
        { ...WAIT, interval: 300 },
      );
      expect(child.signalCode).toBe('SIGKILL');
    }

    /** Starts a clean worker and resolves once it has done all that the dead ones left. */
    async function takeOver(): Promise<void> {
      await field.endLeases();
      const clean = await field.worker();
      const started = Date.now();
      await field.settled();
      const seconds = ((Date.now() - started) / 1_000).toFixed(1);
      process.stdout.write(`${name}: all was settled ${seconds} s after a clean worker was up\n`);
      clean.child.kill('SIGKILL');
      await clean.ended;
      expect(await readFaults(field.database)).toEqual(NO_FAULTS);
    }

    /** Ids of the messages that arrived more than once since `before`. */
    const repeatedSince = (before: ReturnType<Field['arrivals']>): string[] =>
      [...field.arrivals()]
        .filter(([id, count]) => count > Math.max(1, before.get(id) ?? 0))
        .map(([id]) => id);

    const markedAsRepeats = async (): Promise<string[]> => {
      const rows = await field.database.query<{ id: string }>(
        `SELECT message_id AS id FROM delivery WHERE possible_repeat AND status = 'delivered'`,
      );
      return rows.map(({ id }) => id);
    };

    // Each one starts on what the one before has left.
    it.each(POINTS)('dies at %s', async (point) => {
      await sendUntilDead(await field.worker(point));
      await field.endLeases();
    });

    it('has lost nothing, doubled nothing and repeated nothing by that', async () => {
      await takeOver();

      expect(repeatedSince(new Map())).toEqual([]);
    });

    it('after a message was taken, or while it is under way, leads to that one being repeated under the same id', async () => {
      const before = field.arrivals();
      await sendUntilDead(await field.worker('deliver.taken'));
      await field.endLeases();
      field.hook.answerWith({ hang: true });
      const asked = field.hook.requests.length;
      const doomed = await field.worker();
      await vi.waitUntil(() => field.hook.requests.length > asked, WAIT);
      doomed.child.kill('SIGKILL');
      await doomed.ended;
      const underWay = [...field.arrivals().keys()].filter((id) => !before.has(id));
      field.hook.answerWith({});
      await takeOver();

      const repeated = repeatedSince(before);
      expect(repeated.length).toBeGreaterThan(0);
      expect(underWay).toEqual(expect.arrayContaining(repeated));
      expect(await markedAsRepeats()).toEqual(expect.arrayContaining(repeated));
    });

    it('in the end every opinion was sent to the department that owns it', async () => {
      const told = new Map(
        field.hook.requests.map(({ headers, body }) => [
          headers['webhook-id'],
          (JSON.parse(body) as { data: { count: number } }).data.count,
        ]),
      );
      const [matches] = await field.database.query('SELECT count(*)::int AS count FROM route_match');
      expect({ count: [...told.values()].reduce((sum, count) => sum + count, 0) }).toEqual(matches);
    });
  });
}
