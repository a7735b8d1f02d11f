import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type App, openApp } from '../../../src/app/app.ts';
import { createCleanup } from '../../../src/lib/cleanup.ts';
import { insertDeliveries } from '../../../src/store/delivery-store.ts';
import { startWorkers } from '../../../workers/index.ts';
import { freshDatabase } from '../../support/fresh-database.ts';
import { type HttpStub, startHttpStub } from '../../support/stub-http.ts';
import { messageOf } from './delivery-fixture.ts';

const cleanup = createCleanup();
let app: App;
let hook: HttpStub;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'earshot-workers-'));
  cleanup.add('folder', () => rm(folder, { recursive: true }));
  const fresh = await freshDatabase();
  cleanup.add('database', fresh.close);
  hook = await startHttpStub({ hang: true });
  const config = join(folder, 'earshot.yaml');
  await writeFile(
    config,
    `
workspace: { name: Fernhill, timezone: UTC }
departments: [{ name: sales, aspects: [sales] }]
receivers:
  - { name: slow, webhook: [{ url: '${hook.url}', secret: '\${HOOK_SECRET}' }] }
  - { name: quick, file: [{ path: out.ndjson }] }
route: { receiver: quick, department: sales }
`,
  );
  app = await openApp({
    processEnv: {
      DATABASE_URL: fresh.url,
      EARSHOT_CONFIG: config,
      EARSHOT_DATA: folder,
      HOOK_SECRET: `whsec_${Buffer.from('a secret of twenty-four.').toString('base64')}`,
      LOG_LEVEL: 'silent',
    },
  });
  cleanup.add('application', app.close);
  const workers = await startWorkers(app, ['deliver']);
  cleanup.add('workers', workers.close);
  cleanup.add('slow receiver', hook.close);
});
afterAll(() => cleanup.run());

async function linesOut(): Promise<number> {
  const text = await readFile(join(folder, 'out.ndjson'), 'utf8').catch(() => '');
  return text.split('\n').filter((line) => line !== '').length;
}

async function send(id: string, receiver: 'slow' | 'quick'): Promise<void> {
  const integration = receiver === 'slow' ? 'webhook' : 'file';
  await insertDeliveries(app.database, messageOf(id), [{ receiver, integration, number: 0 }], {});
  await app.wake('deliver');
}

describe('the delivery workers', () => {
  it('go on with the other destinations while one does not answer', async () => {
    await send('slow:1', 'slow');
    await vi.waitFor(() => expect(hook.requests).toHaveLength(1), { timeout: 10_000 });

    await send('slow:2', 'slow');
    await send('quick:1', 'quick');
    await vi.waitFor(async () => expect(await linesOut()).toBe(1), { timeout: 10_000 });
    await send('quick:2', 'quick');
    await vi.waitFor(async () => expect(await linesOut()).toBe(2), { timeout: 10_000 });

    expect(hook.requests).toHaveLength(1);
  });

  it('find by themselves what nobody woke them for', async () => {
    await insertDeliveries(
      app.database,
      messageOf('quick:3'),
      [{ receiver: 'quick', integration: 'file', number: 0 }],
      {},
    );

    await vi.waitFor(async () => expect(await linesOut()).toBe(3), { timeout: 15_000 });
  });
});
