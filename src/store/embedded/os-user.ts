import { readFile, stat } from 'node:fs/promises';
import { dirname, parse } from 'node:path';
import { AppError } from '../../lib/app-error.ts';

/** The operating-system user that runs Postgres, when that is not the user who runs Earshot. */
export interface OsUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/**
 * Postgres refuses to run as root, so root hands it to the owner of the existing cluster, else to `postgres`, else to `nobody`.
 * Returns null for everybody else: Postgres then runs as the caller.
 */
export async function chooseOsUser(clusterDir: string): Promise<OsUser | null> {
  if (process.getuid?.() !== 0) return null;
  const users = await readUsers();
  const owner = await stat(clusterDir).then(
    (found) => found.uid,
    () => 0,
  );
  const user =
    users.find(({ uid }) => uid === owner && uid !== 0) ?? pick(users, 'postgres') ?? pick(users, 'nobody');
  if (!user) {
    throw new AppError(
      'unavailable',
      'Postgres will not run as root and /etc/passwd has neither `postgres` nor `nobody`; run Earshot as an ordinary user, or set DATABASE_URL',
    );
  }
  return user;
}

/** Whether `user` may enter every folder above `path`; null is the caller, who is taken to be able to. */
export async function canReach(path: string, user: OsUser | null): Promise<boolean> {
  if (!user) return true;
  for (let folder = path; folder !== parse(folder).root; folder = dirname(folder)) {
    const found = await stat(folder).catch(() => null);
    if (!found) continue;
    const bit = found.uid === user.uid ? 0o100 : found.gid === user.gid ? 0o010 : 0o001;
    if (found.isDirectory() && (found.mode & bit) === 0) return false;
  }
  return true;
}

async function readUsers(): Promise<OsUser[]> {
  const lines = (await readFile('/etc/passwd', 'utf8').catch(() => '')).split('\n');
  return lines.flatMap((line) => {
    const [name, , uid, gid] = line.split(':');
    return name && uid && gid ? [{ name, uid: Number(uid), gid: Number(gid) }] : [];
  });
}

function pick(users: readonly OsUser[], name: string): OsUser | undefined {
  return users.find((user) => user.name === name);
}
