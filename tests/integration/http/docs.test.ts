import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { API } from '../../../src/contract/api.ts';
import { type Http, openHttp } from './http-fixture.ts';

let http: Http;
beforeAll(async () => {
  http = await openHttp();
  http.admit();
});
afterAll(() => http.close());

interface Document {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, unknown> };
}

interface Operation {
  readonly operationId: string;
  readonly responses: Record<string, unknown>;
  readonly requestBody?: { content: Record<string, { schema: unknown }> };
}

describe('the description of the API', () => {
  it('has every endpoint, with its body, its answer and what a refusal looks like', async () => {
    const document = (await http.ask('/api/v1/openapi.json')).json() as unknown as Document;
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path));

    expect(document.openapi).toBe('3.1.0');
    expect(operations.map(({ operationId }) => operationId).toSorted()).toEqual(Object.keys(API).toSorted());
    for (const { responses } of operations) expect(Object.keys(responses)).toContain('default');
    const refs = JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g);
    for (const [, name = ''] of refs) expect(document.components.schemas).toHaveProperty(name);
    expect(document.paths['/api/v1/cases/{id}/actions']?.post?.requestBody).toMatchObject({
      content: { 'application/json': { schema: { additionalProperties: false } } },
    });
  });

  it('is a page without script or anything remote', async () => {
    const { status, text, headers } = await http.ask('/api/docs');

    expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(text).not.toMatch(/<script|<img|src=|url\(|@import/);
    for (const { summary } of Object.values(API))
      expect(text).toContain(summary.slice(0, 20).replaceAll('’', '’'));
    expect(text).toContain('For admin, lead.');
  });
});
