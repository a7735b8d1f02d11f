import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import {
  access,
  chmod,
  chown,
  mkdir,
  open,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { AppError } from '../../lib/app-error.ts';
import { placeBinaries } from './binaries.ts';
import { canReach, chooseOsUser, type OsUser } from './os-user.ts';

/** Where the cluster goes when the data folder lies in a home that others may not enter. */
const OUTSIDE_HOMES = '/var/lib/earshot';

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  // A process that works on all queues holds about 25; who starts several beside each other on one machine shall not run out.
  max_connections: '240',
  shared_buffers: '128MB',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
} as const;

/** A Postgres cluster in a folder of its own; safe to prepare and start from several processes at once. */
export interface Cluster {
  /** Starts the server unless it runs; resolves to its connection URL. */
  start(): Promise<string>;
  stop(): Promise<void>;
}

/** Creates the cluster under `dataDir` when there is none. Throws AppError that names the folder and what to do. */
export async function prepareCluster(dataDir: string): Promise<Cluster> {
  const user = await chooseOsUser(join(dataDir, 'postgres', 'data'));
  const home = await makeHome(dataDir, user);
  const folder = join(home, 'data');
  const binaries = await placeBinaries(home);
  const password = await readPassword(join(dataDir, 'postgres.password'));
  if (!(await stat(join(folder, 'PG_VERSION')).catch(() => null)))
    await initialise({ binaries, home, folder, password, user });

  const pgCtl = (args: readonly string[]): Promise<void> =>
    run(join(binaries, 'bin', 'pg_ctl'), ['-D', folder, ...args], user, home);
  const running = async (): Promise<string | null> => {
    const port = await readPort(folder);
    return port === null ? null : `postgres://earshot:${password}@127.0.0.1:${port}/postgres`;
  };
  return {
    async start() {
      for (let attempt = 1; ; attempt += 1) {
        const url = await running();
        if (url) return url;
        const settings = Object.entries({ ...SETTINGS, port: String(await freePort()) });
        const options = settings.map(([name, value]) => `-c ${name}='${value}'`).join(' ');
        try {
          await pgCtl(['start', '-w', '-t', '60', '-s', '-l', join(home, 'server.log'), '-o', options]);
        } catch (cause) {
          // Another process may have started it first, or taken the port; look again before giving up.
          if (attempt >= 4 && !(await running())) {
            throw new AppError(
              'unavailable',
              `The embedded Postgres in ${home} did not start; its log is ${join(home, 'server.log')}`,
              { cause },
            );
          }
        }
      }
    },
    stop: () => pgCtl(['stop', '-m', 'fast', '-w', '-s']),
  };
}

/**
 * Makes the folder that holds binaries and cluster. When the user who runs Postgres cannot reach `dataDir` (root's private home),
 * it stands under {@link OUTSIDE_HOMES} and `dataDir` holds a link to it.
 */
async function makeHome(dataDir: string, user: OsUser | null): Promise<string> {
  const place = join(dataDir, 'postgres');
  let home = place;
  try {
    await makeFolder(dataDir);
    await access(dataDir, constants.W_OK | constants.X_OK);
    if (!(await canReach(dataDir, user))) {
      home = join(OUTSIDE_HOMES, createHash('sha256').update(dataDir).digest('hex').slice(0, 12));
      await symlink(home, place).catch(ignoreExisting);
    }
    await mkdir(home, { recursive: true, mode: 0o755 });
    if (user) await chown(home, user.uid, user.gid);
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? 'unknown reason';
    throw new AppError(
      'invalid-input',
      `The data folder ${dataDir} cannot be written (${reason}); give it to this user, or set EARSHOT_DATA to another folder`,
      { cause },
    );
  }
  if (!(await canReach(home, user))) {
    throw new AppError(
      'invalid-input',
      `The data folder ${home} cannot be reached by the user \`${user?.name}\`, who runs Postgres because root may not; set EARSHOT_DATA to a folder that every user may enter`,
    );
  }
  return home;
}

/** Node's own recursive mkdir never ends where the kernel says ENOENT though the parent is there, as in /proc. */
async function makeFolder(path: string): Promise<void> {
  await mkdir(path).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') return;
    if (error.code !== 'ENOENT' || (await stat(dirname(path)).catch(() => null))) throw error;
    await makeFolder(dirname(path));
    await mkdir(path);
  });
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

/** The database password, made once; whoever creates the file first decides. */
async function readPassword(file: string): Promise<string> {
  try {
    const handle = await open(file, 'wx', 0o600);
    await handle.writeFile(randomBytes(24).toString('hex'));
    await handle.close();
  } catch (error) {
    ignoreExisting(error as NodeJS.ErrnoException);
  }
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const password = await readFile(file, 'utf8');
    if (password.length === 48) return password;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new AppError(
    'unavailable',
    `${file} is not complete; remove it if the data folder holds no database yet`,
  );
}

async function initialise(given: {
  binaries: string;
  home: string;
  folder: string;
  password: string;
  user: OsUser | null;
}): Promise<void> {
  const draft = `${given.folder}.${process.pid}`;
  const passwordFile = `${draft}.password`;
  await mkdir(draft, { mode: 0o700 });
  await writeFile(passwordFile, given.password, { mode: 0o600 });
  if (given.user) {
    await chown(draft, given.user.uid, given.user.gid);
    await chown(passwordFile, given.user.uid, given.user.gid);
  }
  const flags = [
    '-D',
    draft,
    '-U',
    'earshot',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--locale=C.UTF-8',
    '--no-instructions',
  ];
  try {
    await run(join(given.binaries, 'bin', 'initdb'), flags, given.user, given.home);
    await chmod(draft, 0o700);
    // Of two processes that initialise at once the first rename wins; the other's draft is dropped.
    await rename(draft, given.folder).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(passwordFile, { force: true });
    await rm(draft, { recursive: true, force: true });
  }
}

/** The port of the running server, or null when none runs. Line 1 of postmaster.pid is its process, line 4 its port, line 8 its state. */
async function readPort(folder: string): Promise<number | null> {
  const lines = (await readFile(join(folder, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  return port > 0 && lines[7]?.trim() === 'ready' && isAlive(pid) ? port : null;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** Runs a Postgres program to its end. Its output goes to a file, since a server it starts would hold a pipe open. */
async function run(
  program: string,
  args: readonly string[],
  user: OsUser | null,
  home: string,
): Promise<void> {
  const logFile = join(home, `${process.pid}.${randomBytes(4).toString('hex')}.out`);
  const log = await open(logFile, 'w');
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      const identity = user ? { uid: user.uid, gid: user.gid } : {};
      const child = spawn(program, args, {
        ...identity,
        cwd: home,
        detached: true,
        stdio: ['ignore', log.fd, log.fd],
        env: { PATH: process.env.PATH ?? '', LC_ALL: 'C' },
      });
      child.once('error', reject);
      child.once('exit', resolve);
    });
    if (code !== 0)
      throw new AppError(
        'unavailable',
        `${program} ended with ${code}: ${(await readFile(logFile, 'utf8')).trim().slice(-600)}`,
      );
  } finally {
    await log.close();
    await rm(logFile, { force: true });
  }
}
