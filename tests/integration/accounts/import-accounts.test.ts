import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { accountsImportCommand } from '../../../src/cli/accounts-import.ts';
import { createAccountStore, linkAuthors } from '../../../src/store/account-store.ts';
import { type FreshDatabase, freshDatabase } from '../../support/fresh-database.ts';
import { seedAuthors } from '../../support/seed-answers.ts';

interface Link {
  readonly author: string;
  readonly account: string;
  readonly rule: string;
  readonly detail: string;
}

describe('accounts import', () => {
  let fresh: FreshDatabase;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'accounts-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  beforeEach(async () => {
    fresh = await freshDatabase();
  });
  afterEach(() => fresh.close());

  async function runImport(
    text: string | Buffer,
    flags: { dryRun?: boolean; json?: boolean } = { json: true },
  ) {
    const file = join(folder, 'accounts.csv');
    await writeFile(file, text);
    const out: string[] = [];
    const err: string[] = [];
    const code = await accountsImportCommand(file, flags, {
      accounts: createAccountStore(fresh.database),
      out: (line) => out.push(line),
      err: (line) => err.push(line.replaceAll(folder, '')),
    });
    return { code, out, err, report: flags.json && code === 0 ? JSON.parse(out.join('')) : null };
  }

  const readLinks = (): Promise<Link[]> =>
    fresh.database.query<Link>(
      `SELECT au.key AS author, a.name AS account, l.rule, l.detail FROM account_link l JOIN author au ON au.id = l.author_id JOIN account a ON a.id = l.account_id
        WHERE l.unlinked_xid IS NULL ORDER BY au.key`,
    );
  const countAccounts = async (): Promise<number> =>
    (await fresh.database.query('SELECT id FROM account')).length;

  const FILE = [
    'name,domains,handles,tier,revenue,owner',
    'Acme,acme.example,@acme,1,1.2M,Jo',
    'Acme Labs,labs.acme.example,,2,350k,Jo',
    'Birch,birch.example,@birch_hq,2,,',
  ].join('\n');

  it('links authors by the longest domain suffix and by handle, and free mail never', async () => {
    await seedAuthors(fresh.database, [
      'ann@acme.example',
      'bob@mail.acme.example',
      'cid@eu.labs.acme.example',
      '@ACME',
      'birch_hq',
      'dan@gmail.com',
      'eve@notacme.example',
    ]);

    const { code, report } = await runImport(FILE);

    expect(code).toBe(0);
    expect(report).toEqual({
      dryRun: false,
      rows: 3,
      added: ['Acme', 'Acme Labs', 'Birch'],
      changed: [],
      unchanged: 0,
      links: { made: 5, ended: 0 },
      ignoredColumns: [],
    });
    expect(await readLinks()).toEqual([
      { author: '@ACME', account: 'Acme', rule: 'handle', detail: 'acme' },
      { author: 'ann@acme.example', account: 'Acme', rule: 'domain', detail: 'acme.example' },
      { author: 'birch_hq', account: 'Birch', rule: 'handle', detail: 'birch_hq' },
      { author: 'bob@mail.acme.example', account: 'Acme', rule: 'domain', detail: 'acme.example' },
      {
        author: 'cid@eu.labs.acme.example',
        account: 'Acme Labs',
        rule: 'domain',
        detail: 'labs.acme.example',
      },
    ]);
  });

  it('does not link a free-mail author though an account were stored with that domain', async () => {
    await fresh.database.execute(
      `INSERT INTO account (name, name_key, domains, handles) VALUES ('Odd', 'odd', '{gmail.com}', '{}')`,
    );
    await seedAuthors(fresh.database, ['dan@gmail.com']);

    expect(await linkAuthors(fresh.database, 'all')).toEqual({ made: 0, ended: 0 });
  });

  it('changes nothing the second time', async () => {
    await seedAuthors(fresh.database, ['ann@acme.example']);
    await runImport(FILE);

    const { report } = await runImport(FILE);

    expect(report).toMatchObject({ added: [], changed: [], unchanged: 3, links: { made: 0, ended: 0 } });
    expect(await fresh.database.query('SELECT id FROM account_link')).toHaveLength(1);
  });

  it('ends and makes links when a domain moves, and keeps the ended ones', async () => {
    await seedAuthors(fresh.database, ['ann@acme.example', 'bob@acme.example', 'birch_hq']);
    await runImport(FILE);

    const { report } = await runImport('name,domains\nAcme,\nBIRCH,birch.example acme.example\n');

    expect(report).toMatchObject({
      added: [],
      changed: [
        { name: 'Acme', fields: ['domains'] },
        { name: 'BIRCH', fields: ['name', 'domains'] },
      ],
      links: { made: 2, ended: 2 },
    });
    expect(await readLinks()).toEqual([
      { author: 'ann@acme.example', account: 'BIRCH', rule: 'domain', detail: 'acme.example' },
      { author: 'birch_hq', account: 'BIRCH', rule: 'handle', detail: 'birch_hq' },
      { author: 'bob@acme.example', account: 'BIRCH', rule: 'domain', detail: 'acme.example' },
    ]);
    const ended = await fresh.database.query(
      `SELECT a.name FROM account_link l JOIN account a ON a.id = l.account_id WHERE l.unlinked_xid > l.linked_xid`,
    );
    expect(ended).toEqual([{ name: 'Acme' }, { name: 'Acme' }]);
    expect(
      await fresh.database.query(`SELECT tier, revenue::float8 AS revenue FROM account WHERE name = 'Acme'`),
    ).toEqual([{ tier: '1', revenue: 1_200_000 }]);
  });

  it('leaves a link that was made by hand alone', async () => {
    await runImport(FILE);
    const [author] = await seedAuthors(fresh.database, ['ann@acme.example']);
    await fresh.database.execute(
      `INSERT INTO account_link (author_id, account_id, rule, detail) SELECT $1::bigint, id, 'hand', 'jo' FROM account WHERE name = 'Birch'`,
      author,
    );

    expect(await linkAuthors(fresh.database, 'all')).toEqual({ made: 0, ended: 0 });
    expect(await readLinks()).toMatchObject([{ account: 'Birch', rule: 'hand' }]);
  });

  it('links only the authors that are named', async () => {
    await runImport(FILE);
    const [ann] = await seedAuthors(fresh.database, ['ann@acme.example', 'bob@acme.example']);

    const links = await fresh.database.transaction((sql) => linkAuthors(sql, [ann ?? '']));

    expect(links).toEqual({ made: 1, ended: 0 });
    expect(await readLinks()).toMatchObject([{ author: 'ann@acme.example' }]);
  });

  it('misses no author that is taken in while accounts change', async () => {
    const { database } = fresh;
    let importing: Promise<unknown> = Promise.resolve();
    await database.transaction(async (sql) => {
      const [ann] = await seedAuthors(sql, ['ann@acme.example']);
      await linkAuthors(sql, [ann ?? '']);
      // The import cannot see the author yet and must not end before this transaction has.
      importing = runImport(FILE);
      await waitUntil(
        async () =>
          (
            await database.query(
              `SELECT 1 AS waits FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`,
            )
          ).length > 0,
      );
    });

    await importing;

    expect(await readLinks()).toMatchObject([{ author: 'ann@acme.example', account: 'Acme' }]);
  });

  it('counts what a dry run would do and does nothing', async () => {
    await seedAuthors(fresh.database, ['ann@acme.example']);

    const { code, out } = await runImport(FILE, { dryRun: true });

    expect(code).toBe(0);
    expect(out).toEqual([
      '3 accounts: 3 added, 0 changed, 0 unchanged',
      'links: 1 made, 0 ended',
      'dry run: nothing was changed',
    ]);
    expect(await countAccounts()).toBe(0);
    expect(await readLinks()).toEqual([]);
  });

  it('tells all faults of the file at once and writes nothing', async () => {
    await runImport('name,domains\nCato,cato.example\n');

    const { code, out, err } = await runImport(
      'name,domains,revenue\nAcme,acme.example gmail.com,1M\nBirch,acme.example,lots\nDelta,cato.example,\n',
    );

    expect(code).toBe(1);
    expect(out).toEqual([]);
    expect(err).toEqual([
      '/accounts.csv:2: "gmail.com" is a free-mail domain that anybody can have; take it out or use handles',
      '/accounts.csv:3: "lots" is no yearly revenue; write it like 1200000, 1,200,000 or 1.2M',
      '/accounts.csv:3: domain acme.example is claimed by "Acme" on line 2 as well; leave it to one of the two',
      '/accounts.csv:4: domain cato.example belongs to the account "Cato", which is not in this file; add "Cato" without it, or remove it here',
    ]);
    expect(await countAccounts()).toBe(1);
  });

  it('prints words from the file without their control characters', async () => {
    const { code, err } = await runImport('name,domains\nAcme,\u001b[31mx\n');

    expect(code).toBe(1);
    expect(err).toEqual(['/accounts.csv:2: "x" is no domain; write it like acme.example']);
  });

  it.each([
    { name: 'no such file', path: 'none.csv', words: 'there is no such file' },
    { name: 'a folder', path: '.', words: 'is a folder' },
  ])('says so when there is $name', async ({ path, words }) => {
    const err: string[] = [];
    const code = await accountsImportCommand(
      join(folder, path),
      {},
      { accounts: createAccountStore(fresh.database), out: () => undefined, err: (line) => err.push(line) },
    );

    expect(code).toBe(1);
    expect(err).toEqual([expect.stringContaining(words)]);
  });
});

async function waitUntil(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setImmediate(resolve));
}
