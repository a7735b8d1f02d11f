import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Asked, expectError, type Http, openHttp, readAnswer, type Visitor } from './http-fixture.ts';

let http: Http;
let admin: Visitor;
beforeAll(async () => {
  http = await openHttp({ env: { EARSHOT_URL: 'http://localhost:4000' } });
  http.admit();
  admin = await http.signIn('admin');
});
afterAll(() => http.close());

const post = (path: string, json: unknown): Asked & { path: string } => ({ path, method: 'POST', json });
const send = ({ path, ...asked }: Asked & { path: string }, who = admin) => who.ask(path, asked);

describe('people', () => {
  it('are added with a link by which they choose a password, and listed', async () => {
    const body = { email: 'Lena@Fernhill.example', name: ' Lena ', role: 'lead', departments: ['sales'] };

    const added = readAnswer('addPerson', await send(post('/api/v1/people', body)), 201);

    expect(added.link).toMatch(/^http:\/\/localhost:4000\/invitation#[\w-]{43}$/);
    expect(added.person).toMatchObject({
      email: 'lena@fernhill.example',
      name: 'Lena',
      role: 'lead',
      departments: ['sales'],
      isReady: false,
      isDisabled: false,
    });
    const { people } = readAnswer('listPeople', await admin.ask('/api/v1/people'));
    expect(people).toContainEqual(added.person);
    expectError(await send(post('/api/v1/people', body)), { status: 409, kind: 'conflict' });
  });

  it.each([
    ['an unknown department', { departments: ['legal'] }],
    ['an unknown role', { role: 'root' }],
    ['no address', { email: 'lena' }],
    ['an empty name', { name: '  ' }],
    ['a password', { password: 'chosen by somebody else' }],
  ])('are not added with %s', async (_, change) => {
    const body = { email: 'max@fernhill.example', name: 'Max', role: 'agent', departments: [], ...change };

    expectError(await send(post('/api/v1/people', body)), { status: 400, kind: 'invalid-input' });
  });

  it('keep one administrator, however many take it from each other at once', async () => {
    const others = [await http.signIn('admin'), await http.signIn('admin')];
    const all = [admin, ...others];
    const demote = (id: string, who: Visitor) =>
      send({ path: `/api/v1/people/${id}`, method: 'PATCH', json: { role: 'agent' } }, who);

    const answers = await Promise.all(all.map((who, index) => demote(all[(index + 1) % 3]?.id ?? '', who)));

    expect(answers.map(({ status }) => status)).not.toEqual([200, 200, 200]);
    const left = await http.fresh.database.query(
      `SELECT id FROM person WHERE role = 'admin' AND disabled_at IS NULL`,
    );
    expect(left.length).toBeGreaterThan(0);
    admin = await http.signIn('admin');
  });

  it('are invited no more once they are disabled', async () => {
    const agent = await http.signIn('agent', 'sales');
    await send({ path: `/api/v1/people/${agent.id}`, method: 'PATCH', json: { isDisabled: true } });

    expectError(await send(post(`/api/v1/people/${agent.id}/invitation`, undefined)), {
      status: 409,
      kind: 'conflict',
    });
    expectError(await send({ path: '/api/v1/people/999999', method: 'PATCH', json: {} }), {
      status: 404,
      kind: 'not-found',
    });
  });

  it('see the workspace with the members of their own departments', async () => {
    const agent = await http.signIn('agent', 'sales');

    const { departments } = readAnswer('getWorkspace', await agent.ask('/api/v1/workspace'));

    const sales = departments.find(({ name }) => name === 'sales');
    expect(sales).toMatchObject({ isVisible: true, aspects: ['sales', 'pricing'] });
    expect(sales?.members).toContainEqual({ id: agent.id, name: expect.any(String) });
    expect(departments.find(({ name }) => name === 'product')).toMatchObject({
      isVisible: false,
      members: [],
    });
  });
});

describe('API keys', () => {
  it('are shown once, listed without themselves, and revoked for good', async () => {
    const made = readAnswer(
      'addKey',
      await send(post('/api/v1/keys', { name: 'crm', scopes: ['read'] })),
      201,
    );
    const headers = { authorization: `Bearer ${made.key}` };
    expect((await http.ask('/api/v1/cases', { headers })).status).toBe(200);

    const answer = await admin.ask('/api/v1/keys');

    expect(answer.text).not.toContain(made.key);
    const row = readAnswer('listKeys', answer).keys.find(({ id }) => id === made.id);
    expect(row).toMatchObject({ name: 'crm', scopes: ['read'], revokedAt: null });
    expect(row?.lastUsedAt).not.toBeNull();
    expectError(await send(post('/api/v1/keys', { name: 'crm', scopes: ['read'] })), {
      status: 409,
      kind: 'conflict',
    });
    await send({ path: `/api/v1/keys/${made.id}`, method: 'DELETE' });
    expectError(await http.ask('/api/v1/cases', { headers }), { status: 401, kind: 'auth' });
  });
});
