import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request } from 'undici';
import { expect } from 'vitest';
import { openApp } from '../../../src/app/app.ts';
import { httpDeps } from '../../../src/app/http-deps.ts';
import type { Scope } from '../../../src/domain/access.ts';
import { openDoor } from '../../../src/http/door.ts';
import { createHttpApp } from '../../../src/http/http-app.ts';
import { createCleanup } from '../../../src/lib/cleanup.ts';
import { addKey } from '../../../src/store/key-store.ts';
import { analyseWorker } from '../../../workers/analyse.ts';
import { routeWorker } from '../../../workers/route.ts';
import { freshDatabase } from '../../support/fresh-database.ts';
import { openLine } from '../../support/line.ts';

const YAML = `
workspace: { name: Fernhill, timezone: UTC, ours: { domains: [fernhill.example], handles: [fernhill] } }
departments:
  - { name: product, aspects: [product, service] }
  - { name: sales, aspects: [sales, pricing] }
receivers: [{ name: everything, file: [{ path: all.ndjson }] }]
route: { receiver: everything, department: product }
audiences: [{ name: executives, receivers: [everything] }]
digests: [{ name: executive, audience: executives, at: '07:30' }]
`;

interface Asked {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** The body as JSON. */
  json(): Record<string, unknown>;
}

/** The whole application behind its door, on a database whose line can be cut; its workers' steps are called by hand. */
export async function openHttp() {
  const cleanup = createCleanup();
  const fresh = await freshDatabase();
  cleanup.add('database', fresh.close);
  const line = await openLine(fresh.url);
  cleanup.add('line', line.cut);
  const folder = await mkdtemp(join(tmpdir(), 'earshot-http-'));
  cleanup.add('folder', () => rm(folder, { recursive: true }));
  const configFile = join(folder, 'earshot.yaml');
  await writeFile(configFile, YAML);
  const app = await openApp({
    processEnv: {
      DATABASE_URL: line.url,
      EARSHOT_CONFIG: configFile,
      EARSHOT_DATA: join(folder, 'state'),
      LOG_LEVEL: 'silent',
    },
  });
  cleanup.add('application', app.close);
  const door = await openDoor({ host: '127.0.0.1', port: 0 });
  cleanup.add('door', door.close);
  const url = `http://127.0.0.1:${door.port}`;
  let keys = 0;

  return {
    fresh,
    line,
    door,
    /** Lets the application in; until then the door answers alone. */
    admit: () => door.admit(createHttpApp(httpDeps(app))),
    key: (...scopes: readonly Scope[]) => addKey(fresh.database, `key-${keys++}`, scopes),
    async ask(path: string, { method = 'GET', headers = {}, body }: Asked = {}): Promise<Answer> {
      const answer = await request(`${url}${path}`, {
        method,
        headers: { ...headers },
        ...(body === undefined ? {} : { body }),
      });
      const text = await answer.body.text();
      return {
        status: answer.statusCode,
        headers: answer.headers,
        text,
        json: () => JSON.parse(text) as Record<string, unknown>,
      };
    },
    /** Analyses and routes what waits. */
    async settle(): Promise<void> {
      const { signal } = new AbortController();
      await analyseWorker(app)(signal);
      await routeWorker(app)(signal);
    },
    close: () => cleanup.run(),
  };
}

export type Http = Awaited<ReturnType<typeof openHttp>>;

/** Every refusal has this one shape. */
export function expectError(
  { status, headers, json }: Answer,
  expected: { status: number; kind: string },
): string {
  expect(status).toBe(expected.status);
  expect(headers['content-type']).toMatch(/^application\/json/);
  const body = json();
  expect(Object.keys(body)).toEqual(['error']);
  expect(body.error).toEqual({
    kind: expected.kind,
    message: expect.stringMatching(/\S/),
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
  return (body.error as { message: string }).message;
}
