import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../support/fresh-database.ts';
import { type Field, openField } from './field.ts';

describe('an API that is killed while it takes mentions in', { timeout: 120_000 }, () => {
  let field: Field;
  beforeAll(async () => {
    field = await openField('postgres', await freshDatabase());
  });
  afterAll(() => field.close());

  it('has taken all of a page or nothing, and takes the same page again', async () => {
    const page = field.page(30);
    for (const point of ['intake.opened', 'ingest.inserted']) {
      const doomed = await field.api(point);
      await expect(field.post(doomed.url, page), point).rejects.toThrow();
      expect((await doomed.ended).signal, point).toBe('SIGKILL');
    }

    const clean = await field.api();
    const answer = await field.post(clean.url, page);

    expect([answer.status, await answer.json()]).toEqual([202, { accepted: 30, duplicate: 0, rejected: [] }]);
    const again = await field.post(clean.url, page);
    expect(await again.json()).toEqual({ accepted: 0, duplicate: 30, rejected: [] });
  });
});
