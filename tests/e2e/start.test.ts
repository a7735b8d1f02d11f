import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { writeAirlineConfig } from '../support/airline-config.ts';
import { type FreshDatabase, freshDatabase } from '../support/fresh-database.ts';
import { freePort } from '../support/redis.ts';
import { earshot, type Running } from '../support/run-script.ts';
import { startHttpStub } from '../support/stub-http.ts';
import { startSmtpStub } from '../support/stub-smtp.ts';

const SECRET = `whsec_${Buffer.from('a secret of thirty-two bytes !!!').toString('base64')}`;

describe('earshot start', () => {
  let fresh: FreshDatabase;
  let folder: string;
  let env: Record<string, string>;
  let running: Running;
  let http: Awaited<ReturnType<typeof startHttpStub>>;
  let smtp: Awaited<ReturnType<typeof startSmtpStub>>;

  beforeAll(async () => {
    fresh = await freshDatabase();
    folder = await mkdtemp(join(tmpdir(), 'earshot-start-'));
    http = await startHttpStub(() => ({ status: 200, body: 'ok' }));
    smtp = await startSmtpStub();
    const config = await writeAirlineConfig(folder, {
      slack: http.url,
      smtp: smtp.url,
      webhook: http.url,
      groupWait: '1s',
      hasDigests: false,
    });
    const PORT = String(await freePort());
    env = {
      DATABASE_URL: fresh.url,
      EARSHOT_CONFIG: config,
      EARSHOT_DATA: folder,
      WEBHOOK_SECRET: SECRET,
      PORT,
      LOG_LEVEL: 'warn',
    };
    running = earshot(['start'], env);
    await running.says('Ctrl-C stops it');
  });
  afterAll(async () => {
    running.child.kill('SIGKILL');
    await http.close();
    await smtp.close();
    await fresh.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('says how the first administrator comes in, until there is one', async () => {
    const said = await running.says('/first-run#');
    const token = /\/first-run#([\w-]{43})/.exec(said)?.[1];
    const body = { token, name: 'Ada', email: 'ada@airline.example', password: 'a long way to the airport' };

    const answer = await fetch(`http://127.0.0.1:${env.PORT}/api/v1/session/first-run`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-csrf-token': 'signed-out' },
      body: JSON.stringify(body),
    });

    expect(await answer.json()).toMatchObject({
      me: { name: 'Ada', role: 'admin' },
      needsAdministrator: false,
    });
  });

  it('takes one pushed message to two departments by Slack, mail and signed webhook', {
    timeout: 90_000,
  }, async () => {
    const key = (await earshot(['keys', 'add', 'crm', '--scope', 'intake'], env).ended).stdout.trim();
    const mention = {
      id: '1',
      text: 'They love it, but they think the sales department is a bunch of jerks',
      author: { email: 'dana@acme.example' },
      occurred_at: new Date().toISOString(),
    };

    const answer = await fetch(`http://127.0.0.1:${env.PORT}/api/v1/mentions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ source: 'crm', mentions: [mention] }),
    });
    expect([answer.status, await answer.json()]).toEqual([202, { accepted: 1, duplicate: 0, rejected: [] }]);

    await vi.waitFor(() => expect(arrivals()).toEqual(EVERYWHERE), { timeout: 40_000, interval: 200 });
    const sales = http.requests.find(({ path }) => path === '/sales');
    const payload = new Webhook(SECRET).verify(sales?.body ?? '', sales?.headers as Record<string, string>);
    expect(payload).toMatchObject({ type: 'notification', data: { department: 'sales', count: 1 } });
  });

  it('stops within ten seconds on SIGTERM and leaves nothing half done', { timeout: 30_000 }, async () => {
    const asked = Date.now();
    running.child.kill('SIGTERM');
    const { code } = await running.ended;

    expect({ code, isQuick: Date.now() - asked < 10_000 }).toEqual({ code: 0, isQuick: true });
    const rows = await fresh.database.query('SELECT status, attempts, possible_repeat FROM delivery');
    expect(rows).toEqual(rows.map(() => ({ status: 'delivered', attempts: 1, possible_repeat: false })));
  });

  const EVERYWHERE = [
    '/product',
    '/sales',
    '/services/product',
    '/services/sales',
    'product@airline.example',
    'sales@airline.example',
  ];

  function arrivals(): string[] {
    const mails = smtp.mails.map(
      ({ envelope }) => /(\w+@airline\.example)"?[^"]*$/.exec(JSON.stringify(envelope))?.[1] ?? '',
    );
    return [...http.requests.map(({ path }) => path), ...mails].toSorted();
  }
});
