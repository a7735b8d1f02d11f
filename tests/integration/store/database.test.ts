import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../../src/store/database.ts';
import { type FreshDatabase, freshDatabase } from '../../support/fresh-database.ts';

let fresh: FreshDatabase;
let database: Database;
beforeAll(async () => {
  fresh = await freshDatabase();
  database = fresh.database;
  await database.execute('CREATE TABLE pair (id int PRIMARY KEY, changes int NOT NULL)');
});
beforeEach(async () => {
  await database.execute('TRUNCATE pair');
  await database.execute('INSERT INTO pair VALUES (1, 0), (2, 0)');
});
afterAll(() => fresh.close());

const PASSES = { kind: 'unavailable' };
const change = (id: number) => `UPDATE pair SET changes = changes + 1 WHERE id = ${id}`;

/** Throws what Postgres says when it undoes a transaction for the sake of another. */
const UNDO = `DO $$ BEGIN RAISE EXCEPTION 'could not serialize' USING ERRCODE = '40001'; END $$`;

describe('a statement', () => {
  it('waits a bounded time for a connection when all are in use', async () => {
    const small = openDatabase(fresh.url, { connections: 1 });
    let release = (): void => undefined;
    let held: Promise<void> = Promise.resolve();
    await new Promise<void>((isHeld) => {
      held = small.transaction(async (sql) => {
        await sql.query('SELECT 1 AS one');
        await new Promise<void>((resolve) => {
          release = resolve;
          isHeld();
        });
      });
    });

    await expect(small.query('SELECT 1 AS one')).rejects.toMatchObject(PASSES);
    await expect(small.transaction(async (sql) => sql.query('SELECT 1 AS one'))).rejects.toMatchObject(
      PASSES,
    );
    release();
    await held;
    expect(await small.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await small.close();
  });

  it.each([
    ['statement_timeout', 'SELECT pg_sleep(60)::text'],
    ['lock_timeout', change(1)],
  ])('that runs into %s passes', async (setting, statement) => {
    await database.transaction(async (holder) => {
      await holder.execute(change(1));
      const late = database.transaction(async (sql) => {
        await sql.execute(`SET LOCAL ${setting} = 100`);
        await sql.execute(statement);
      });
      await expect(late).rejects.toMatchObject(PASSES);
    });
  });

  it('has bounds of its own on every connection', async () => {
    const rows = await database.query<{ name: string; setting: string }>(
      `SELECT name, setting FROM pg_settings WHERE name IN ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout') ORDER BY 1`,
    );

    expect(rows.map(({ setting }) => setting)).toEqual(['60000', '10000', '60000']);
  });

  it('that is wrong is our fault', async () => {
    await expect(database.query('SELECT * FROM nowhere')).rejects.toMatchObject({ kind: 'bug' });
  });
});

describe('a transaction', () => {
  it('that ran into a deadlock is done again', async () => {
    let tries = 0;
    let held = 0;
    let meet = (): void => undefined;
    const bothHold = new Promise<void>((resolve) => {
      meet = resolve;
    });
    const cross = (first: number, second: number, other: () => Promise<void>) => {
      let isAgain = false;
      return database.transaction(async (sql) => {
        tries += 1;
        // Who is done again leaves the rows to the other one, or both could cross once more.
        if (isAgain) await other();
        isAgain = true;
        await sql.execute(change(first));
        held += 1;
        if (held === 2) meet();
        await bothHold;
        await sql.execute(change(second));
      });
    };

    const one: Promise<void> = cross(1, 2, () => two);
    const two: Promise<void> = cross(2, 1, () => one);
    await Promise.all([one, two]);

    expect(tries).toBe(3);
    expect(await database.query('SELECT changes FROM pair ORDER BY id')).toEqual([
      { changes: 2 },
      { changes: 2 },
    ]);
  });

  it.each([
    [1, 'goes through'],
    [2, 'goes through'],
    [3, 'is given up'],
  ])('that Postgres undid %i times %s', async (times, end) => {
    let tries = 0;
    const work = database.transaction(async (sql) => {
      tries += 1;
      await sql.execute(change(1));
      if (tries <= times) await sql.execute(UNDO);
    });

    if (end === 'is given up') await expect(work).rejects.toMatchObject(PASSES);
    else await work;
    const changes = end === 'is given up' ? 0 : 1;
    expect(tries).toBe(Math.min(times + 1, 3));
    expect(await database.query('SELECT changes FROM pair WHERE id = 1')).toEqual([{ changes }]);
  });
});
