import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent, request } from 'undici';
import { expect } from 'vitest';
import { openApp } from '../../../src/app/app.ts';
import { httpDeps } from '../../../src/app/http-deps.ts';
import { type Answer as AnswerOf, API, type EndpointName } from '../../../src/contract/api.ts';
import type { Role, Scope } from '../../../src/domain/access.ts';
import { csrfToken } from '../../../src/http/csrf.ts';
import { openDoor } from '../../../src/http/door.ts';
import { createHttpApp, type HttpDeps } from '../../../src/http/http-app.ts';
import { createCleanup } from '../../../src/lib/cleanup.ts';
import { addKey } from '../../../src/store/key-store.ts';
import { createPeopleStore } from '../../../src/store/person-store.ts';
import { createSessionStore } from '../../../src/store/session-store.ts';
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
digests:
  - { name: executive, audience: executives, at: '07:30' }
  - { name: sales, audience: executives, at: '07:45', department: sales }
`;

export interface Asked {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** Sent as a JSON body. */
  readonly json?: unknown;
  /** Where the connection comes from; all of 127.0.0.0/8 is this machine. */
  readonly from?: string;
}

/** Somebody who is signed in. */
export interface Visitor {
  readonly id: string;
  readonly token: string;
  /** What their browser sends along. */
  readonly headers: Readonly<Record<string, string>>;
  ask(path: string, asked?: Asked): Promise<Answer>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** The body as JSON. */
  json(): Record<string, unknown>;
}

/** The whole application behind its door, on a database whose line can be cut; its workers' steps are called by hand. */
export async function openHttp({
  env = {},
  deps = {},
  yaml = YAML,
}: {
  env?: NodeJS.ProcessEnv;
  deps?: Partial<HttpDeps>;
  yaml?: string;
} = {}) {
  const cleanup = createCleanup();
  const fresh = await freshDatabase();
  cleanup.add('database', fresh.close);
  const line = await openLine(fresh.url);
  cleanup.add('line', line.cut);
  const folder = await mkdtemp(join(tmpdir(), 'earshot-http-'));
  cleanup.add('folder', () => rm(folder, { recursive: true }));
  const configFile = join(folder, 'earshot.yaml');
  await writeFile(configFile, yaml);
  const app = await openApp({
    processEnv: {
      DATABASE_URL: line.url,
      EARSHOT_CONFIG: configFile,
      EARSHOT_DATA: join(folder, 'state'),
      LOG_LEVEL: 'silent',
      ...env,
    },
  });
  cleanup.add('application', app.close);
  const door = await openDoor({ host: '127.0.0.1', port: 0 });
  cleanup.add('door', door.close);
  const url = `http://127.0.0.1:${door.port}`;
  const agents = new Map<string, Agent>();
  cleanup.add('connections', async () => {
    await Promise.all([...agents.values()].map((agent) => agent.destroy()));
  });
  const agentFrom = (localAddress: string): Agent => {
    const agent = agents.get(localAddress) ?? new Agent({ localAddress });
    agents.set(localAddress, agent);
    return agent;
  };
  let counter = 0;

  const ask = async (path: string, asked: Asked = {}): Promise<Answer> => {
    const { method = 'GET', headers = {}, json, from = '127.0.0.1' } = asked;
    const body = json === undefined ? asked.body : JSON.stringify(json);
    const answer = await request(`${url}${path}`, {
      method,
      headers: { ...(json === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      dispatcher: agentFrom(from),
      ...(body === undefined ? {} : { body }),
    });
    const text = await answer.body.text();
    return {
      status: answer.statusCode,
      headers: answer.headers,
      text,
      json: () => JSON.parse(text) as Record<string, unknown>,
    };
  };
  const visitor = (id: string, token: string): Visitor => {
    const headers = { cookie: `earshot=${token}`, 'x-csrf-token': csrfToken(token) };
    return {
      id,
      token,
      headers,
      ask: (path, asked = {}) => ask(path, { ...asked, headers: { ...headers, ...asked.headers } }),
    };
  };

  return {
    app,
    fresh,
    line,
    door,
    url,
    ask,
    visitor,
    /** Lets the application in; until then the door answers alone. */
    admit: () => void door.admit(createHttpApp({ ...httpDeps(app), ...deps })),
    async key(...scopes: readonly Scope[]): Promise<string> {
      const { key } = await addKey(fresh.database, { name: `key-${counter++}`, scopes }, 'test');
      return key;
    },
    /** Adds somebody and signs them in, without a password. */
    async signIn(role: Role, ...departments: readonly string[]): Promise<Visitor> {
      counter += 1;
      const { person } = await createPeopleStore(fresh.database).add(
        { email: `${role}-${counter}@fernhill.example`, name: `${role} ${counter}`, role, departments },
        'test',
      );
      return visitor(person.id, await createSessionStore(fresh.database).open(person.id, null));
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

/** What an endpoint promises of its answer, held against what it gave. */
export function readAnswer<Name extends EndpointName>(
  name: Name,
  answer: Answer,
  status = 200,
): AnswerOf<Name> {
  expect(answer.status, answer.text).toBe(status);
  return API[name].answer.parse(answer.json()) as AnswerOf<Name>;
}
