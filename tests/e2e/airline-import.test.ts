import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEPARTMENTS, writeAirlineConfig } from '../support/airline-config.ts';
import { type FreshDatabase, freshDatabase } from '../support/fresh-database.ts';
import { earshot } from '../support/run-script.ts';
import { AIRLINE_TWEETS, hasSharedData, NEEDS_SHARED } from '../support/shared-data.ts';
import { startHttpStub } from '../support/stub-http.ts';
import { startSmtpStub } from '../support/stub-smtp.ts';

const SECRET = `whsec_${Buffer.from('a secret of thirty-two bytes !!!').toString('base64')}`;

describe.runIf(hasSharedData)(`the real posts of February 2015${NEEDS_SHARED}`, () => {
  let fresh: FreshDatabase;
  let folder: string;
  let env: Record<string, string>;
  let http: Awaited<ReturnType<typeof startHttpStub>>;
  let smtp: Awaited<ReturnType<typeof startSmtpStub>>;

  beforeAll(async () => {
    fresh = await freshDatabase();
    folder = await mkdtemp(join(tmpdir(), 'earshot-airline-'));
    http = await startHttpStub(() => ({ status: 200, body: 'ok' }));
    smtp = await startSmtpStub();
    const config = await writeAirlineConfig(folder, { slack: http.url, smtp: smtp.url, webhook: http.url });
    env = { DATABASE_URL: fresh.url, EARSHOT_CONFIG: config, EARSHOT_DATA: folder, WEBHOOK_SECRET: SECRET };
  });
  afterAll(async () => {
    await http.close();
    await smtp.close();
    await fresh.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('have one bin each', { timeout: 180_000 }, async () => {
    const { code, stdout, stderr } = await earshot(['import', AIRLINE_TWEETS, '--json'], env).ended;

    expect({ code, trouble: stderr.includes('"level"') }).toEqual({ code: 0, trouble: false });
    const report = JSON.parse(stdout) as Record<string, number>;
    expect(report).toMatchObject({ rows: 9494, inserted: 9339, duplicate: 155, rejected: 0, ours: 0 });
    expect(
      sumOf(report, ['duplicate', 'rejected', 'routed', 'unsure', 'no_opinion', 'quarantined', 'ours']),
    ).toBe(9494);
    expect(report.routed).toBeGreaterThan(5_000);
  });

  it('add nothing when they are imported again', { timeout: 120_000 }, async () => {
    const { stdout } = await earshot(['import', AIRLINE_TWEETS, '--json'], env).ended;

    expect(JSON.parse(stdout)).toMatchObject({
      rows: 9494,
      inserted: 0,
      duplicate: 9494,
      rejected: 0,
      routed: 0,
    });
    const [counts] = await fresh.database.query(
      'SELECT (SELECT count(*)::int FROM mention) AS mentions, (SELECT count(*)::int FROM revision) AS revisions',
    );
    expect(counts).toEqual({ mentions: 9339, revisions: 9339 });
  });

  it('alert nobody, being history', async () => {
    const [counts] = await fresh.database.query(
      'SELECT (SELECT count(*)::int FROM notification) AS notifications, (SELECT count(*)::int FROM route_match WHERE is_waiting) AS waiting',
    );
    expect(counts).toEqual({ notifications: 0, waiting: 0 });
  });

  it.each(DEPARTMENTS)(
    'reach the department %s as a digest by Slack, mail and signed webhook',
    { timeout: 60_000 },
    async (department) => {
      const { code, stderr } = await earshot(['digest', 'send', department, '--date', '2015-02-20'], env)
        .ended;
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });

      const [slack] = http.requests.filter(({ path }) => path === `/services/${department}`);
      const blocks = JSON.parse(slack?.body ?? '{}') as { text?: string; blocks?: unknown[] };
      expect(blocks.text).not.toBe('');
      expect(blocks.blocks?.length).toBeGreaterThan(2);

      const [hook] = http.requests.filter(({ path }) => path === `/${department}`);
      const headers = hook?.headers as Record<string, string>;
      const payload = new Webhook(SECRET).verify(hook?.body ?? '', headers) as { type: string };
      expect(payload.type).toBe('digest');

      const mail = smtp.mails.find(({ envelope }) =>
        JSON.stringify(envelope).includes(`${department}@airline.example`),
      );
      expect(mail?.subject?.length).toBeLessThanOrEqual(78);
      expect(mail?.text).toContain('Friday 20 February 2015');
      expect(String(mail?.html)).toContain('<table');
    },
  );

  it('are counted the same when a sent digest is rebuilt', { timeout: 60_000 }, async () => {
    const { code, stdout } = await earshot(['digest', 'verify', 'service', '--date', '2015-02-20'], env)
      .ended;

    expect({ code, stdout }).toEqual({ code: 0, stdout: 'service of 2015-02-20: identical\n' });
  });
});

function sumOf(report: Record<string, number>, names: readonly string[]): number {
  return names.reduce((sum, name) => sum + (report[name] ?? Number.NaN), 0);
}
