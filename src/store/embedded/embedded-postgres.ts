import pg from 'pg';
import { AppError } from '../../lib/app-error.ts';
import { prepareCluster } from './cluster.ts';

/** Every process that uses the embedded server holds this advisory lock shared; the last to leave gets it alone and stops the server. */
const USERS_LOCK = '(20011, 1)';

export interface EmbeddedPostgres {
  /** Connection URL with the generated password: a secret. */
  readonly url: string;
  /** Leaves the server; stops it when nobody else uses it. Close every other connection first. */
  close(): Promise<void>;
}

/**
 * Opens the Postgres that lives in `dataDir`: creates, starts or joins it. Several processes may do so at once and leave in any order;
 * one that is killed leaves the server to the next.
 */
export async function openEmbeddedPostgres(dataDir: string): Promise<EmbeddedPostgres> {
  const cluster = await prepareCluster(dataDir);
  for (let attempt = 1; ; attempt += 1) {
    const url = await cluster.start();
    try {
      const presence = await join(url);
      return { url, close: () => leave(presence, () => cluster.stop()) };
    } catch (cause) {
      // The last user was just stopping the server, or it was still rising.
      if (attempt >= 40)
        throw new AppError('unavailable', `The embedded Postgres in ${dataDir} does not answer`, { cause });
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}

async function join(url: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    keepAlive: true,
    application_name: 'earshot presence',
  });
  // A lost presence connection shows as failing queries elsewhere; here it must only not end the process.
  client.on('error', () => undefined);
  await client.connect();
  await client.query(`SELECT pg_advisory_lock_shared${USERS_LOCK}`);
  return client;
}

async function leave(presence: pg.Client, stop: () => Promise<void>): Promise<void> {
  const isLast = await presence
    .query<{ last: boolean }>(
      `SELECT pg_advisory_unlock_shared${USERS_LOCK}, pg_try_advisory_lock${USERS_LOCK} AS last`,
    )
    .then(
      ({ rows }) => rows[0]?.last ?? false,
      () => false,
    );
  if (isLast) await stop();
  await presence.end().catch(() => undefined);
}
