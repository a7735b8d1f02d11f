import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { API, type EndpointName } from '../../../src/contract/api.ts';
import type { Endpoint } from '../../../src/contract/endpoint.ts';
import { type Asked, expectError, type Http, openHttp, type Visitor } from './http-fixture.ts';

let http: Http;
let admin: Visitor;
beforeAll(async () => {
  http = await openHttp();
  http.admit();
  admin = await http.signIn('admin');
});
afterAll(() => http.close());

const CHANGES = (Object.keys(API) as EndpointName[]).filter(
  (name) => API[name].method !== 'get' && (API[name].policy as Endpoint['policy']).roles.length > 0,
);

const FOREIGN: readonly [string, Asked][] = [
  ['without the token', { headers: { 'x-csrf-token': '' } }],
  ['with the token of nobody', { headers: { 'x-csrf-token': 'signed-out' } }],
  ['with the token of another session', { headers: { 'x-csrf-token': 'A'.repeat(43) } }],
  ['of a page of another host', { headers: { origin: 'https://evil.example' } }],
  ['of a page without origin', { headers: { origin: 'null' } }],
  ['of a page on another port', { headers: { origin: 'http://127.0.0.1:1' } }],
  ['of another site', { headers: { 'sec-fetch-site': 'cross-site' } }],
  ['of another host of the site', { headers: { 'sec-fetch-site': 'same-site' } }],
  ['typed into the address bar', { headers: { 'sec-fetch-site': 'none' } }],
  ['with a text body', { headers: { 'content-type': 'text/plain' }, body: '{}' }],
  ['with a form', { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'a=b' }],
  [
    'with a multipart form',
    { headers: { 'content-type': 'multipart/form-data; boundary=x' }, body: '--x--' },
  ],
  ['with a type that looks like JSON', { headers: { 'content-type': 'application/json-x' }, body: '{}' }],
];

describe('a change', () => {
  it.each(CHANGES.flatMap((name) => FOREIGN.map(([how, asked]) => ({ name, how, asked }))))(
    '$name $how is refused',
    async ({ name, asked }) => {
      const { method, path } = API[name];
      const answer = await admin.ask(path.replace(':id', '1'), {
        method: method.toUpperCase() as NonNullable<Asked['method']>,
        ...asked,
      });

      expectError(answer, { status: 403, kind: 'forbidden' });
    },
  );

  it('of our own page goes through', async () => {
    const answer = await admin.ask('/api/v1/keys', {
      method: 'POST',
      json: { name: 'crm', scopes: ['read'] },
      headers: { origin: http.url, 'sec-fetch-site': 'same-origin' },
    });

    expect(answer.status).toBe(201);
  });

  it('is never asked for by a GET', () => {
    for (const name of Object.keys(API) as EndpointName[])
      if (API[name].method === 'get') expect('body' in API[name], name).toBe(false);
  });
});

describe('a body', () => {
  it.each([
    ['role', { name: 'crm', scopes: ['read'], role: 'admin' }],
    ['id', { name: 'crm', scopes: ['read'], id: '1' }],
    ['departmentId', { name: 'crm', scopes: ['read'], departmentId: 1 }],
    ['constructor', { name: 'crm', scopes: ['read'], constructor: { prototype: {} } }],
  ])('with the extra key %s is refused', async (_, json) => {
    const answer = await admin.ask('/api/v1/keys', { method: 'POST', json });

    expectError(answer, { status: 400, kind: 'invalid-input' });
  });

  it.each([
    '{"name":"crm","scopes":["read"],"__proto__":{"role":"admin"}}',
    '{"name":"crm","scopes":["read"]',
    '"name"',
    '[]',
    `{"name":${'['.repeat(30_000)}${']'.repeat(30_000)}}`,
    '{"name":"a\\u0000b","scopes":["read"],"x":1}',
  ])('%# that cannot be meant is refused', async (body) => {
    const answer = await admin.ask('/api/v1/keys', {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    });

    expectError(answer, { status: 400, kind: 'invalid-input' });
    expect(({} as { role?: string }).role).toBeUndefined();
  });

  it('of more than 256 KB is refused', async () => {
    const answer = await admin.ask('/api/v1/keys', {
      method: 'POST',
      json: { name: 'x'.repeat(300_000), scopes: ['read'] },
    });

    expect(expectError(answer, { status: 400, kind: 'invalid-input' })).toContain('256 KB');
  });
});
