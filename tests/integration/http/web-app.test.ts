import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectError, type Http, openHttp } from './http-fixture.ts';

const BROWSER = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
const PAGE = '<!doctype html><script type="module" src="/assets/app-1a2b.js"></script>';

let http: Http;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'earshot-web-'));
  await mkdir(join(folder, 'web', 'assets'), { recursive: true });
  await writeFile(join(folder, 'web', 'index.html'), PAGE);
  await writeFile(join(folder, 'web', 'favicon.svg'), '<svg/>');
  await writeFile(join(folder, 'web', 'assets', 'app-1a2b.js'), 'export {};');
  await writeFile(join(folder, 'secret.txt'), 'nothing of yours');
  http = await openHttp({ deps: { webFolder: join(folder, 'web') } });
  http.admit();
});
afterAll(async () => {
  await http.close();
  await rm(folder, { recursive: true });
});

describe('the built pages', () => {
  it.each([
    '/',
    '/inbox',
    '/digests/executive/2026-11-25/evidence?aspect=sales',
    '/mentions/1',
    '/first-run',
  ])('are one document at every address that a browser asks for: %s', async (path) => {
    const page = await http.ask(path, { headers: BROWSER });

    expect([page.status, page.headers['content-type'], page.headers['cache-control']]).toEqual([
      200,
      'text/html; charset=utf-8',
      'no-store',
    ]);
    expect(page.text).toBe(PAGE);
    const policy = String(page.headers['content-security-policy']);
    expect(policy).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';/,
    );
    expect(policy).not.toMatch(/unsafe|data:|https?:|\*/);
  });

  it('keep what has its content in its name, and nothing else', async () => {
    const asset = await http.ask('/assets/app-1a2b.js');
    const icon = await http.ask('/favicon.svg');

    expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(asset.headers['content-type']).toMatch(/javascript/);
    expect([icon.status, icon.headers['cache-control']]).toEqual([200, 'no-store']);
  });

  it.each([
    '/api/v1/nothing',
    '/assets/app-gone.js',
    '/assets/../../secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/metrics/x',
  ])('are not what is missing: %s', async (path) => {
    const answer = await http.ask(path, { headers: BROWSER });

    expect(answer.text).not.toContain('nothing of yours');
    if (answer.status !== 200) expectError(answer, { status: answer.status, kind: 'not-found' });
    if (path.startsWith('/api') || path.includes('app-gone')) expect(answer.status).toBe(404);
  });

  it('are not for who asks for no page', async () => {
    expectError(await http.ask('/inbox', { headers: { accept: 'application/json' } }), {
      status: 404,
      kind: 'not-found',
    });
    expectError(await http.ask('/inbox', { method: 'POST', headers: BROWSER }), {
      status: 404,
      kind: 'not-found',
    });
  });

  it('say how they are made when they are not there', async () => {
    await rm(join(folder, 'web', 'index.html'));

    const answer = await http.ask('/inbox', { headers: BROWSER });

    expect(expectError(answer, { status: 503, kind: 'unavailable' })).toContain('npm run build');
    await writeFile(join(folder, 'web', 'index.html'), PAGE);
  });
});
