import { readFile, stat } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifyDigest } from '../../../src/pipeline/verify-digest.ts';
import { readBackup, writeBackup } from '../../../src/store/backup.ts';
import type { Database } from '../../../src/store/database.ts';
import { seedWorkspace } from '../../support/seed-workspace.ts';
import { digestDeps, SUNDAY } from '../digest/digest-fixture.ts';
import { checksums, fillWorkspace, NOON, openWorkspaces, type Workspaces } from './backup-fixture.ts';

const silent = (): void => undefined;

describe('a backup', () => {
  let places: Workspaces;
  let path: string;
  beforeEach(async () => {
    places = await openWorkspaces();
    path = places.file('earshot.backup');
    await fillWorkspace(places.used.database);
  });
  afterEach(() => places.close());

  const copy = async (): Promise<void> => {
    await writeBackup(places.used.url, path, silent);
    await readBackup(places.empty.url, path, silent);
  };
  const addMentions = (database: Database) =>
    seedWorkspace(database, {
      mentions: [
        {
          text: 'Late words',
          at: NOON,
          author: 'author 1',
          opinions: [{ aspect: 'sales', polarity: 'negative' }],
        },
      ],
    });

  it('gives every table back row for row, and says how much it was', async () => {
    const saved = await writeBackup(places.used.url, path, silent);
    const restored = await readBackup(places.empty.url, path, silent);

    expect(await checksums(places.empty.database)).toEqual(await checksums(places.used.database));
    expect(restored).toEqual(saved);
    expect(saved.rows).toBeGreaterThan(230 * 4);
  });

  it('is a file that nobody else may read, in lines of bounded length', async () => {
    await places.used.database.execute(
      `UPDATE revision SET text = (SELECT string_agg(md5(n::text), '') FROM generate_series(1, 12000) n) WHERE id <= 40`,
    );

    await writeBackup(places.used.url, path, silent);

    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const lines = gunzipSync(await readFile(path))
      .toString()
      .split('\n');
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(2 * 1024 * 1024);
  });

  it('keeps a sent digest verifiable, also when the restored workspace goes on', async () => {
    await copy();
    const deps = digestDeps(places.empty.database);

    expect(await verifyDigest(deps, 'executive', SUNDAY)).toEqual({ result: 'identical' });
    await addMentions(places.empty.database);
    expect(await verifyDigest(deps, 'executive', SUNDAY)).toEqual({ result: 'identical' });
  });

  it('can be taken again from a restored workspace', async () => {
    await copy();
    await addMentions(places.empty.database);
    const third = await openWorkspaces();
    try {
      const again = places.file('second.backup');
      await writeBackup(places.empty.url, again, silent);
      await readBackup(third.empty.url, again, silent);

      expect(await checksums(third.empty.database)).toEqual(await checksums(places.empty.database));
      expect(await verifyDigest(digestDeps(third.empty.database), 'executive', SUNDAY)).toEqual({
        result: 'identical',
      });
    } finally {
      await third.close();
    }
  });

  it('lets ids go on where they stood, so that the id of a deleted row never returns', async () => {
    const next = `INSERT INTO source (name, kind) VALUES (gen_random_uuid()::text, 'gone') RETURNING id`;
    const insert = async (database: Database) => (await database.query<{ id: number }>(next))[0]?.id ?? 0;
    await insert(places.used.database);
    const last = await insert(places.used.database);
    await places.used.database.execute(`DELETE FROM source WHERE kind = 'gone'`);

    await copy();

    expect(await insert(places.empty.database)).toBe(last + 1);
  });

  it('is of one instant while others write', async () => {
    const { database } = places.used;
    const count = async (of: Database) =>
      (
        await of.query<{ themes: number; notes: number }>(
          `SELECT (SELECT count(*)::int FROM theme WHERE fingerprint <> '') AS themes, (SELECT count(*)::int FROM audit_log WHERE action = 'pair') AS notes`,
        )
      )[0];
    let isDone = false;
    const write = (number: number) =>
      database.transaction(async (sql) => {
        await sql.execute(
          `INSERT INTO audit_log (actor, action, subject, detail) VALUES ('t', 'pair', $1, '{}')`,
          `${number}`,
        );
        await sql.execute(
          `INSERT INTO theme (aspect, fingerprint, name) VALUES ('sales', $1, '')`,
          `f${number}`,
        );
      });
    await write(0);
    const writing = (async () => {
      for (let number = 1; !isDone; number += 1) await write(number);
    })();
    await writeBackup(places.used.url, path, silent);
    isDone = true;
    await writing;
    await readBackup(places.empty.url, path, silent);

    const restored = await count(places.empty.database);
    const written = await count(database);
    expect(restored?.themes).toBe(restored?.notes);
    expect(restored?.themes).toBeGreaterThan(0);
    expect(written?.themes).toBeGreaterThan(restored?.themes ?? 0);
  });

  it('leaves no half file behind when it cannot be written', async () => {
    const nowhere = places.file('no/such/folder/x.backup');

    await expect(writeBackup(places.used.url, nowhere, silent)).rejects.toMatchObject({
      kind: 'invalid-input',
      message: expect.stringMatching(/x\.backup \(ENOENT\); check the folder/),
    });
  });

  it('leaves no half file behind when the database goes away', async () => {
    const backup = writeBackup(places.used.url, path, () => {
      void places.used.database
        .execute(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
        )
        .catch(silent);
    });

    await expect(backup).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(stat(path)).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(stat(`${path}.part`)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
