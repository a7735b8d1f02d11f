import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
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
      field = await openField(queue);
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

    async function takeOver(point: string): Promise<void> {
      await field.endLeases();
      const clean = await field.worker();
      const started = Date.now();
      await field.settled();
      process.stdout.write(
        `${name}, ${point}: all was settled ${((Date.now() - started) / 1_000).toFixed(1)} s after the restart\n`,
      );
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

    it.each(POINTS)('at %s loses nothing and repeats nothing', async (point) => {
      const before = field.arrivals();
      await sendUntilDead(await field.worker(point));
      await takeOver(point);

      expect(repeatedSince(before)).toEqual([]);
    });

    it('after a message was taken repeats that one under the same id', async () => {
      const before = field.arrivals();
      await sendUntilDead(await field.worker('deliver.taken'));
      const underWay = [...field.arrivals().keys()].filter((id) => !before.has(id));
      await takeOver('deliver.taken');

      const repeated = repeatedSince(before);
      expect(repeated.length).toBeGreaterThan(0);
      expect(underWay).toEqual(expect.arrayContaining(repeated));
      expect(await markedAsRepeats()).toEqual(expect.arrayContaining(repeated));
    });

    it('while a message is under way repeats that one under the same id', async () => {
      const before = field.arrivals();
      field.hook.answerWith({ hang: true });
      const doomed = await field.worker();
      await send();
      await vi.waitUntil(() => field.arrivals().size > before.size, WAIT);
      doomed.child.kill('SIGKILL');
      await doomed.ended;
      const underWay = [...field.arrivals().keys()].filter((id) => !before.has(id));
      field.hook.answerWith({});
      await takeOver('a message under way');

      const repeated = repeatedSince(before);
      expect(repeated.toSorted()).toEqual(underWay.toSorted());
      expect(await markedAsRepeats()).toEqual(expect.arrayContaining(repeated));
    });

    it.each(['intake.opened', 'ingest.inserted'])(
      'the API at %s has taken nothing, and takes the same page again',
      async (point) => {
        const page = field.page(PAGE);
        const doomed = await field.api(point);
        await expect(field.post(doomed.url, page)).rejects.toThrow();
        await doomed.ended;

        const answer = await field.post(api.url, page);
        expect([answer.status, await answer.json()]).toEqual([
          202,
          { accepted: PAGE, duplicate: 0, rejected: [] },
        ]);
      },
    );

    it('in the end every opinion was sent to the department that owns it', async () => {
      await takeOver('the API');

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
