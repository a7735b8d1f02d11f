import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { HeardMention } from '../../src/domain/mention.ts';
import { createCleanup } from '../../src/lib/cleanup.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { openEmbeddedPostgres } from '../../src/store/embedded/embedded-postgres.ts';
import { DEPARTMENTS, writeAirlineConfig } from '../support/airline-config.ts';
import { readPosts } from '../support/airline-posts.ts';
import { NO_FAULTS, readFaults } from '../support/pipeline-facts.ts';
import { hasRedis, NEEDS_REDIS, startRedis, type TestRedis } from '../support/redis.ts';
import { earshotUntil, type Running } from '../support/run-script.ts';
import { hasSharedData, NEEDS_SHARED } from '../support/shared-data.ts';
import { type HttpStub, startHttpStub } from '../support/stub-http.ts';
import { type SmtpStub, startSmtpStub } from '../support/stub-smtp.ts';

const WAIT = { timeout: 90_000, interval: 100 };
const PAGE = 1_000;
const HOUR_MS = 60 * 60 * 1_000;

/** A zone in which it is noon now, so that yesterday's digest is due and no midnight is near. */
const ZONE_OFFSET = 12 - new Date().getUTCHours();
const ZONE = ZONE_OFFSET === 0 ? 'UTC' : `Etc/GMT${ZONE_OFFSET > 0 ? '-' : '+'}${Math.abs(ZONE_OFFSET)}`;

describe.runIf(hasSharedData && hasRedis)(
  `the real posts through one API and two workers${NEEDS_SHARED}${NEEDS_REDIS}`,
  { timeout: 240_000 },
  () => {
    const cleanup = createCleanup();
    let database: Database;
    let redis: TestRedis;
    let http: HttpStub;
    let smtp: SmtpStub;
    let env: Record<string, string>;
    let posts: readonly HeardMention[];
    let api: { url: string; key: string };

    beforeAll(async () => {
      const folder = await mkdtemp(join(tmpdir(), 'earshot-served-'));
      cleanup.add('folder', () => rm(folder, { recursive: true, force: true }));
      // Root's Postgres runs as another user, who has to be able to enter.
      await chmod(folder, 0o755);
      const server = await openEmbeddedPostgres(folder);
      cleanup.add('Postgres', server.close);
      redis = await startRedis(['appendonly yes', 'appendfsync always']);
      cleanup.add('Redis', redis.close);
      http = await startHttpStub();
      cleanup.add('Slack and webhooks', http.close);
      smtp = await startSmtpStub();
      cleanup.add('mail', smtp.close);
      database = openDatabase(server.url, { connections: 2 });
      cleanup.add('database', database.close);
      env = {
        DATABASE_URL: server.url,
        REDIS_URL: redis.url,
        EARSHOT_DATA: folder,
        EARSHOT_CONFIG: await writeAirlineConfig(folder, {
          slack: http.url,
          smtp: smtp.url,
          webhook: http.url,
          groupWait: '1s',
          timezone: ZONE,
          digestsAt: '11:59',
        }),
        WEBHOOK_SECRET: `whsec_${Buffer.from('a secret of twenty-four.').toString('base64')}`,
        PORT: '0',
        LOG_LEVEL: 'error',
      };
      posts = await readPosts();
      const serving = earshotUntil(cleanup, ['api'], env);
      const url = /is at (\S+);/.exec(await serving.says('Ctrl-C'))?.[1] ?? '';
      const made = await earshotUntil(cleanup, ['keys', 'add', 'tests'], env).ended;
      api = { url, key: made.stdout.trim() };
    }, 120_000);
    afterAll(() => cleanup.run());

    async function worker(...args: readonly string[]): Promise<Running> {
      const running = earshotUntil(cleanup, ['worker', ...args], env);
      await running.says('works on');
      return running;
    }

    /** Ends a worker as a crash does, and spares the minute for which it holds what it was sending. */
    async function kill({ child, ended }: Running): Promise<void> {
      child.kill('SIGKILL');
      await ended;
      await database.execute(`UPDATE delivery SET lease_until = now() WHERE status = 'sending'`);
    }

    /** Sends pages of posts, as of yesterday evening, and answers what became of their rows. */
    async function send(from: number, to: number): Promise<void> {
      for (let at = from; at < to; at += PAGE) {
        const mentions = posts.slice(at, Math.min(at + PAGE, to)).map(({ externalId, text, author }) => ({
          id: externalId,
          text,
          author,
          occurred_at: new Date(Date.now() - 13 * HOUR_MS).toISOString(),
        }));
        const answer = await fetch(`${api.url}/api/v1/mentions`, {
          method: 'POST',
          headers: { authorization: `Bearer ${api.key}`, 'content-type': 'application/json' },
          body: JSON.stringify({ source: 'posts', mentions }),
        });
        expect(answer.status).toBe(202);
      }
    }

    async function settledCount(): Promise<number> {
      const [row] = await database.query<{ count: number }>(
        'SELECT count(*)::int AS count FROM mention WHERE outcome IS NOT NULL',
      );
      return row?.count ?? 0;
    }

    /** Resolves once more mentions have their outcome than now, and says how long that took. */
    async function goesOn(what: string): Promise<void> {
      const before = await settledCount();
      const started = Date.now();
      await vi.waitUntil(async () => (await settledCount()) > before, WAIT);
      process.stdout.write(`${what}: work goes on after ${((Date.now() - started) / 1_000).toFixed(1)} s\n`);
    }

    /** What came to a department one way: with its webhook's id, and Slack's body or the mail's subject. */
    function arrivals(integration: string, receiver: string): readonly { id: string; text: string }[] {
      if (integration === 'email')
        return smtp.mails
          .filter(({ envelope }) => envelope.to.includes(`${receiver}@airline.example`))
          .map(({ subject = '' }) => ({ id: '', text: subject }));
      const place = integration === 'slack' ? `/services/${receiver}` : `/${receiver}`;
      return http.requests
        .filter(({ path }) => path === place)
        .map(({ headers, body }) => ({
          id: headers['webhook-id'] ?? '',
          text: integration === 'slack' ? body : '',
        }));
    }

    it('get their outcomes while workers and Redis are killed and the queue is wiped', async () => {
      const work = ['--queues', 'analyse,route,flush,deliver'];
      const [first, second] = await Promise.all([worker(...work), worker(...work)]);
      await send(0, 3_000);
      await goesOn('two workers');

      await kill(first);
      await goesOn('one worker killed');
      await redis.kill();
      await send(3_000, 5_000);
      await redis.restart();
      await goesOn('Redis killed and started again');

      await kill(second);
      const restarted = worker(...work);
      await send(5_000, 8_000);
      await restarted;
      await goesOn('the last worker killed, another started');
      await redis.call('FLUSHALL');
      await send(8_000, posts.length);
      await goesOn('the queue wiped');

      await vi.waitUntil(async () => (await settledCount()) >= 9_339, WAIT);
      expect(await settledCount()).toBe(9_339);
      expect(await readFaults(database)).toEqual(NO_FAULTS);
    });

    it('have one bin each', async () => {
      const [bins] = await database.query(
        `SELECT sum(rows)::int AS rows, sum(duplicate)::int AS duplicate, sum(rejected)::int AS rejected,
                (SELECT count(*)::int FROM mention WHERE outcome IN ('routed', 'unsure', 'no-opinion', 'quarantined', 'ours')) AS settled FROM ingest_batch`,
      );
      expect(bins).toEqual({ rows: 9_494, duplicate: 155, rejected: 0, settled: 9_339 });
    });

    it('reach every department in one digest by Slack, mail and webhook, though two workers race', async () => {
      const both = await Promise.all([worker(), worker()]);
      await vi.waitUntil(async () => {
        const [left] = await database.query<{ digests: number; waiting: number }>(
          `SELECT count(*) FILTER (WHERE kind = 'digest' AND status = 'delivered')::int AS digests,
                  count(*) FILTER (WHERE status <> 'delivered')::int AS waiting FROM delivery`,
        );
        return left?.digests === DEPARTMENTS.length * 3 && left.waiting === 0;
      }, WAIT);

      const digests = await database.query<Sent>(`${SENT} WHERE kind = 'digest'`);
      expect(digests).toHaveLength(DEPARTMENTS.length * 3);
      for (const { receiver, integration, id, subject } of digests) {
        const arrived = arrivals(integration, receiver).filter(
          (arrival) =>
            arrival.id === id || arrival.text.includes(id.slice(-12)) || arrival.text.startsWith(subject),
        );
        expect(arrived.length, `${receiver} by ${integration}`).toBe(1);
      }

      for (const { child } of both) child.kill('SIGTERM');
      const ends = await Promise.all(both.map(({ ended }) => ended));
      expect(ends.map(({ code }) => code)).toEqual([0, 0]);
    });

    it('had no message sent twice but those that were under way when their sender died', async () => {
      const sent = await database.query<Sent>(SENT);
      for (const integration of ['slack', 'webhook', 'email']) {
        for (const receiver of DEPARTMENTS) {
          const own = sent.filter((each) => each.receiver === receiver && each.integration === integration);
          const marked = own.filter(({ isRepeat }) => isRepeat);
          const arrived = arrivals(integration, receiver).length;
          expect(arrived, `${integration} to ${receiver}`).toBeGreaterThanOrEqual(own.length);
          expect(arrived, `${integration} to ${receiver}`).toBeLessThanOrEqual(own.length + marked.length);
        }
      }
    });
  },
);

interface Sent {
  readonly id: string;
  readonly receiver: string;
  readonly integration: string;
  readonly subject: string;
  readonly isRepeat: boolean;
}

const SENT = `SELECT message_id AS id, receiver, integration, message->>'subject' AS subject, possible_repeat AS "isRepeat" FROM delivery`;
