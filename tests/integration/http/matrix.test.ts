import { readFile } from 'node:fs/promises';
import type { Router } from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { httpDeps } from '../../../src/app/http-deps.ts';
import { API, type EndpointName } from '../../../src/contract/api.ts';
import type { Endpoint } from '../../../src/contract/endpoint.ts';
import { createHttpApp } from '../../../src/http/http-app.ts';
import { seedWorkspace } from '../../support/seed-workspace.ts';
import { type Answer, type Asked, type Http, openHttp, type Visitor } from './http-fixture.ts';

const NAMES = Object.keys(API) as EndpointName[];
const ROLES = [
  'anonymous',
  'agent of product',
  'agent of sales',
  'lead of sales',
  'executive',
  'administrator',
  'key of intake',
  'key of read',
] as const;
type RoleName = (typeof ROLES)[number];
type Whose = 'own' | 'foreign' | 'missing';

let http: Http;
/** Ids of sales' case and mention (own), product's (foreign), and ids of nothing (missing). */
let ids: Record<Whose, { caseId: string; mentionId: string; opinionId: string }>;
const visitors: Partial<Record<RoleName, Visitor>> = {};
let keys: { intake: string; read: string };
let victim: Visitor;

beforeAll(async () => {
  http = await openHttp();
  http.admit();
  const at = new Date().toISOString();
  const { database } = http.fresh;
  const [sales, product] = await seedWorkspace(database, {
    mentions: [
      { text: 'Sales lied to us', at, author: 'ann', opinions: [{ aspect: 'sales', polarity: 'negative' }] },
      { text: 'The app is fine', at, author: 'bob', opinions: [{ aspect: 'product', polarity: 'positive' }] },
    ],
  });
  await database.execute(
    `WITH again AS (UPDATE mention SET outcome = NULL RETURNING id) INSERT INTO waiting_mention (stage, mention_id) SELECT 'route', id FROM again`,
  );
  await http.settle();
  const of = async (mentionId = '') => {
    const [row] = await database.query<{ caseId: string; opinionId: string }>(
      `SELECT cm.case_id::text AS "caseId", o.id::text AS "opinionId" FROM case_member cm JOIN opinion o ON o.id = cm.opinion_id WHERE o.mention_id = $1::bigint`,
      mentionId,
    );
    return { mentionId, caseId: row?.caseId ?? '', opinionId: row?.opinionId ?? '' };
  };
  const nothing = '987654321987654321';
  ids = {
    own: await of(sales?.mentionId),
    foreign: await of(product?.mentionId),
    missing: { caseId: nothing, mentionId: nothing, opinionId: nothing },
  };
  keys = { intake: await http.key('intake'), read: await http.key('read') };
  victim = await http.signIn('agent', 'sales');
});
afterAll(() => http.close());

/** These may end the session of who asks, or need somebody to be done to. */
const USES_UP =
  /^(sign|changePassword|makeAdministrator|acceptInvitation|invitePerson|changePerson|revokeKey)/;

const SIGN_IN: Partial<Record<RoleName, () => Promise<Visitor>>> = {
  'agent of product': () => http.signIn('agent', 'product'),
  'agent of sales': () => http.signIn('agent', 'sales'),
  'lead of sales': () => http.signIn('lead', 'sales'),
  executive: () => http.signIn('executive'),
  administrator: () => http.signIn('admin'),
};

async function visitorOf(role: RoleName, isNew: boolean): Promise<Visitor | undefined> {
  const known = isNew ? undefined : visitors[role];
  const visitor = known ?? (await SIGN_IN[role]?.());
  if (visitor && !isNew) visitors[role] = visitor;
  return visitor;
}

/** A request that would be answered well if its sender may send it. */
function requestOf(name: EndpointName, whose: Whose): { path: string } & Asked {
  const endpoint: Endpoint = API[name];
  const { caseId, mentionId, opinionId } = ids[whose];
  const today = new Date().toISOString().slice(0, 10);
  const id = name.includes('Mention')
    ? mentionId
    : /Case/.test(name)
      ? caseId
      : whose === 'missing'
        ? '999999'
        : victim.id;
  const path = endpoint.path
    .replace(':id', id)
    .replace(':name', whose === 'missing' ? 'unknown' : 'executive')
    .replace(':date', today);
  const bodies: Partial<Record<EndpointName, unknown>> = {
    signIn: { email: 'nobody@fernhill.example', password: 'wrong password' },
    signInToDemo: { role: 'admin' },
    makeAdministrator: {
      token: 'x'.repeat(43),
      name: 'Eve',
      email: 'eve@evil.example',
      password: 'a long password',
    },
    acceptInvitation: { token: 'x'.repeat(43), password: 'a long password' },
    changePassword: { current: 'wrong password', next: 'a long password' },
    actOnCase: { version: 1, action: { kind: 'note', text: 'hello' } },
    actOnCases: {
      cases: [{ id: caseId, version: 1 }],
      action: { kind: 'correct', opinionId, label: { aspect: 'sales', polarity: 'neutral' } },
    },
    undoCaseEvents: { eventIds: ['1'] },
    decideMention: { kind: 'release' },
    pushMentions: {
      source: 'shop',
      mentions: [{ id: 'x', text: 'hello', author: { handle: 'x' }, occurred_at: new Date().toISOString() }],
    },
    replayDeliveries: { ids: ['1'] },
    addCorrections: { labels: [{ platform: 'x', id: 'unheard', aspect: 'sales', polarity: null }] },
    beginReanalysis: { days: 1 },
    addView: { name: 'a view', q: 'is:unassigned' },
    tryConfig: { yaml: 'nonsense' },
    trySilence: { matchers: 'department="sales"' },
    addSilence: { matchers: 'department="sales"', for: '1s', reason: 'a test' },
    settleReanalysis: { action: 'drop' },
    enableDestination: { receiver: 'nobody', integration: 'slack', number: 0 },
    addPerson: {
      email: `new-${Math.random()}@fernhill.example`,
      name: 'New',
      role: 'agent',
      departments: [],
    },
    changePerson: { name: 'Renamed' },
    addKey: { name: `key ${Math.random()}`, scopes: ['read'] },
  };
  const query = name === 'listHeldMentions' ? '?outcome=unsure' : '';
  return {
    path: `${path}${query}`,
    method: endpoint.method.toUpperCase() as NonNullable<Asked['method']>,
    ...(bodies[name] === undefined ? {} : { json: bodies[name] }),
  };
}

async function send(name: EndpointName, role: RoleName, whose: Whose): Promise<Answer> {
  const usesUp = USES_UP.test(name);
  if (usesUp) {
    victim = await http.signIn('agent', 'sales');
    await http.fresh.database.execute('DELETE FROM rate_limit');
  }
  const { path, ...asked } = requestOf(name, whose);
  if (role === 'key of intake' || role === 'key of read') {
    const key = role === 'key of intake' ? keys.intake : keys.read;
    return http.ask(path, { ...asked, headers: { authorization: `Bearer ${key}` } });
  }
  const visitor = await visitorOf(role, usesUp);
  if (visitor) return visitor.ask(path, asked);
  return http.ask(path, { ...asked, headers: { 'x-csrf-token': 'signed-out' } });
}

/** What the policy says, and then the departments. */
function mayGet(name: EndpointName, role: RoleName, whose: Whose): boolean {
  const { roles, scope } = API[name].policy as Endpoint['policy'];
  if (roles === 'anyone') return true;
  if (role === 'key of intake' || role === 'key of read') return scope === role.slice('key of '.length);
  const known = { administrator: 'admin', executive: 'executive', anonymous: '' }[role as 'anonymous'];
  const plain = known ?? role.split(' ')[0] ?? '';
  if (!roles.some((allowed) => allowed === plain)) return false;
  if (whose === 'missing' || plain !== 'agent') return true;
  // The company's digest is not for agents, and neither is what was routed elsewhere.
  if (name === 'getDigest' || name === 'listEvidence') return false;
  if (!/^(getCase|markCaseSeen|actOnCase|getMention)$/.test(name)) return true;
  return (role === 'agent of sales') === (whose === 'own');
}

const isHidden = (name: EndpointName, whose: Whose, role: RoleName): boolean =>
  /^(getCase|markCaseSeen|actOnCase)$/.test(name) && role === 'lead of sales' && whose === 'foreign';

const CELLS = NAMES.filter((name) => name !== 'watch').flatMap((name) =>
  ROLES.flatMap((role) => (['own', 'foreign', 'missing'] as const).map((whose) => ({ name, role, whose }))),
);

describe('every endpoint', () => {
  it('says who may call it', () => {
    for (const name of NAMES) {
      const { roles, scope } = (API[name] as Endpoint).policy;
      expect(roles === 'anyone' || roles.length > 0 || scope !== undefined, name).toBe(true);
    }
  });

  it('is one of the table: nothing else answers but the docs, health, the pages, Slack’s buttons and the links in mails', async () => {
    const app = createHttpApp(httpDeps(http.app));
    const paths = pathsOf(app.router);

    const table = NAMES.map((name) => `${API[name].method} ${API[name].path}`);
    const others = paths.filter((path) => !table.includes(path));
    expect(others.toSorted()).toEqual([
      'get /api/docs',
      'get /api/v1/openapi.json',
      'get /healthz',
      'get /metrics',
      'get /readyz',
      'get /subscriptions/:token{/end}',
      'get /{*path}',
      'post /slack/actions',
      'post /subscriptions/:token/confirm',
      'post /subscriptions/:token/end',
    ]);
    expect(paths).toEqual(expect.arrayContaining(table));
  });

  it('is mounted by the one router that asks for the policy', async () => {
    const source = await readFile('src/http/http-app.ts', 'utf8');

    expect(source).not.toMatch(/\.(get|post|put|patch|delete)\(/);
  });
});

describe('who gets what', () => {
  it.each(CELLS)('$name by $role, $whose', async ({ name, role, whose }) => {
    const answer = await send(name, role, whose);

    const isGood = answer.status < 300;
    if (!mayGet(name, role, whose) || isHidden(name, whose, role)) {
      expect([401, 403, 404], answer.text).toContain(answer.status);
    } else {
      // The rest is about what was sent: a wrong password, nothing to undo.
      expect([200, 201, 202, 400, 401, 403, 404, 409], answer.text).toContain(answer.status);
      if (['getCase', 'getMention', 'getDigest', 'listEvidence'].includes(name))
        expect(isGood, answer.text).toBe(whose !== 'missing');
    }
    expect(answer.status).toBeLessThan(500);
    expect(answer.text).not.toMatch(/passwordHash|password_hash|argon2|SELECT |at \/|node_modules/);
  });
});

/** `get /path` of everything that a router answers, those within it included. */
function pathsOf(router: Router): string[] {
  return router.stack.flatMap((layer) => {
    const { route, handle } = layer as unknown as {
      route?: { path: string; methods: Record<string, boolean> };
      handle: Partial<Router>;
    };
    if (route) return Object.keys(route.methods).map((method) => `${method} ${route.path}`);
    return handle.stack ? pathsOf(handle as Router) : [];
  });
}
