import { statfs } from 'node:fs/promises';
import { findConfig } from '../app/config-in-force.ts';
import { dataFolderOf, openServer } from '../app/open-database.ts';
import { readEnv } from '../config/env.ts';
import { count } from '../digest/words.ts';
import { toAppError } from '../lib/app-error.ts';
import { systemClock } from '../lib/clock.ts';
import { healthOf } from '../pipeline/source-health.ts';
import { openDatabase, type Sql } from '../store/database.ts';
import { readSourceFacts } from '../store/source-store.ts';
import type { Terminal } from './terminal.ts';

interface Finding {
  readonly name: string;
  readonly isWell: boolean;
  readonly detail: string;
}

const ENOUGH_BYTES = 1024 ** 3;

/** `earshot doctor`: looks at everything that must be well and says what to do where it is not. Exit 1 when something is not. */
export async function doctorCommand(
  { json }: { json: boolean },
  { stdout, env: processEnv }: Terminal,
): Promise<number> {
  const findings: Finding[] = [];
  const look = async <T>(
    name: string,
    work: () => Promise<{ detail: string; isWell?: boolean; value: T }>,
  ): Promise<T | null> => {
    try {
      const { detail, isWell = true, value } = await work();
      findings.push({ name, isWell, detail });
      return value;
    } catch (error) {
      findings.push({ name, isWell: false, detail: describe(error) });
      return null;
    }
  };

  const env = await look('environment', async () => ({
    detail: `Node ${process.versions.node}`,
    value: readEnv(processEnv),
  }));
  const server =
    env &&
    (await look('database', async () => {
      const value = await openServer(env);
      return {
        detail: env.databaseUrl ? 'the one of DATABASE_URL' : `embedded, in ${dataFolderOf(env)}`,
        value,
      };
    }));
  if (env && server) {
    const database = openDatabase(server.url, { connections: 2 });
    await look('schema', async () => ({
      detail:
        server.migrated.length > 0 ? `brought up to date (${server.migrated.join(', ')})` : 'up to date',
      value: null,
    }));
    if (!env.databaseUrl) await look('disk', () => lookAtDisk(dataFolderOf(env)));
    await look('config', async () => {
      const { config, origin, versionId } = await findConfig(database, env, processEnv);
      const what = [
        count(config.departments.length, 'department'),
        count(config.receivers.length, 'receiver'),
        count(config.digests.length, 'digest'),
      ];
      const where =
        versionId === null ? `${origin}, in force from the next start on` : `version ${versionId}`;
      return { detail: `${where}: ${what.join(', ')}`, value: null };
    });
    await look('sources', () => lookAtSources(database));
    await look('deliveries', () => lookAtDeliveries(database));
    await database.close();
    await server.close();
  }
  stdout.write(
    json
      ? `${JSON.stringify(findings)}\n`
      : findings
          .map(({ name, isWell, detail }) => `${isWell ? 'ok  ' : 'FAIL'}  ${name.padEnd(12)} ${detail}\n`)
          .join(''),
  );
  return findings.every(({ isWell }) => isWell) ? 0 : 1;
}

/** Several addresses that were tried in vain come as one error without words of its own. */
function describe(error: unknown): string {
  const tried = error instanceof AggregateError ? error.errors : [error];
  return tried.map((each) => toAppError(each).message).join('; ');
}

async function lookAtDisk(folder: string): Promise<{ detail: string; isWell: boolean; value: null }> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const isWell = free > ENOUGH_BYTES;
  return {
    detail: `${(free / ENOUGH_BYTES).toFixed(1)} GiB free${isWell ? '' : '; make room, Postgres stops when the disk is full'}`,
    isWell,
    value: null,
  };
}

async function lookAtSources(sql: Sql): Promise<{ detail: string; isWell: boolean; value: null }> {
  const facts = await readSourceFacts(sql);
  const ill = facts
    .map((each) => healthOf(each, systemClock()))
    .filter(({ state }) => !['ok', 'idle', 'waiting'].includes(state));
  const detail =
    ill.length > 0
      ? ill
          .map(({ name, sentence, remedy }) => [`${name}: ${sentence}`, remedy].filter(Boolean).join('. '))
          .join('; ')
      : `${facts.length} heard from, none in trouble`;
  return { detail, isWell: ill.length === 0, value: null };
}

async function lookAtDeliveries(sql: Sql): Promise<{ detail: string; isWell: boolean; value: null }> {
  const [row] = await sql.query<{ pending: number; dead: number; receivers: string | null }>(
    `SELECT count(*) FILTER (WHERE status IN ('pending', 'sending'))::int AS pending, count(*) FILTER (WHERE status = 'dead')::int AS dead,
            string_agg(DISTINCT receiver, ', ') FILTER (WHERE status = 'dead') AS receivers FROM delivery`,
  );
  const dead = row?.dead ?? 0;
  const detail = `${row?.pending ?? 0} waiting, ${dead} given up${dead > 0 ? ` (${row?.receivers}); the table delivery has each one's last error` : ''}`;
  return { detail, isWell: dead === 0, value: null };
}
