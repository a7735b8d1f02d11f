import { execFile, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from './redis.ts';

const IS_ROOT = userInfo().uid === 0;

/** Servers stand where only root's path leads. */
const env = { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin` };

export const hasDovecot = ['dovecot --version', 'doveadm help', 'openssl version'].every((command) => {
  const [file = '', ...args] = command.split(' ');
  return spawnSync(file, args, { env }).error === undefined;
});

/** Appended to the name of a test that needs Dovecot, so that a skipped one shows why. */
export const NEEDS_DOVECOT = hasDovecot ? '' : ' (skipped: dovecot is not installed)';

export const DOVECOT_PASSWORD = 'correct-horse';

/** Where a mail goes. */
interface Place {
  readonly user: string;
  /** Default INBOX. */
  readonly folder?: string;
  /** Its INTERNALDATE; default now. */
  readonly at?: Date;
}

export interface Dovecot {
  readonly port: number;
  /** IMAP over TLS from the first byte. */
  readonly tlsPort: number;
  /** The certificate that signed the server's; it is for `localhost`. */
  readonly ca: string;
  /**
   * Puts raw mails into a mailbox as a delivery agent does, in this order, and gives the names of their files. Anybody's
   * mailbox springs up by itself.
   */
  deliver(place: Place, ...mails: readonly (Buffer | string)[]): readonly string[];
  /** Runs a `doveadm` command and gives what it printed. */
  doveadm(...command: readonly string[]): Promise<string>;
  /** Gives all mails of an inbox new UIDs under another UIDVALIDITY, as a restored backup has them. */
  renumber(user: string): Promise<void>;
  /** Makes a mail of an inbox impossible to read for the server. */
  damage(user: string, file: string): void;
  /** Kills the server and every connection with SIGKILL. */
  kill(): Promise<void>;
  /** Starts it again on the same ports, with the same mail. */
  start(): Promise<void>;
  close(): Promise<void>;
}

/** A Dovecot of this test's own on free loopback ports. `introspectionUrl` is asked whether an OAuth2 token is good. */
export async function startDovecot({ introspectionUrl = '' } = {}): Promise<Dovecot> {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-dovecot-'));
  chmodSync(folder, 0o755);
  const [port, tlsPort] = [await freePort(), await freePort()];
  const owner = mailOwner();
  const own = (path: string): string => {
    mkdirSync(path, { recursive: true });
    chownSync(path, owner.uid, owner.gid);
    return path;
  };
  own(join(folder, 'mail'));
  const config = join(folder, 'dovecot.conf');
  makeCertificate(folder);
  writeFileSync(join(folder, 'oauth2.conf'), oauth2Config(introspectionUrl));
  writeFileSync(config, mainConfig({ folder, port, tlsPort, owner, isOauth: introspectionUrl !== '' }));

  let server: { readonly pid: number; readonly ended: Promise<unknown> } | null = null;
  let count = 0;
  const start = async (): Promise<void> => {
    const child = spawn('dovecot', ['-F', '-c', config], { stdio: 'ignore', detached: true, env });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    if (child.pid === undefined) throw new Error('dovecot did not start');
    server = { pid: child.pid, ended };
    for (let tries = 0; !(await listens(port)); tries += 1) {
      if (tries === 400)
        throw new Error(`dovecot did not start: ${readFileSync(join(folder, 'log'), 'utf8')}`);
      await pause(25);
    }
  };
  const kill = async (): Promise<void> => {
    if (server === null) return;
    // The whole process group, so that no connection outlives the server.
    process.kill(-server.pid, 'SIGKILL');
    await server.ended;
    server = null;
  };
  const doveadm = async (...command: readonly string[]): Promise<string> =>
    (await promisify(execFile)('doveadm', ['-c', config, ...command], { env })).stdout.trim();
  await start();
  return {
    port,
    tlsPort,
    ca: join(folder, 'cert.pem'),
    deliver({ user, folder: name = 'INBOX', at = new Date() }, ...mails) {
      const maildir = own(join(own(join(folder, 'mail', user)), name === 'INBOX' ? '' : `.${name}`));
      for (const part of ['tmp', 'new', 'cur']) own(join(maildir, part));
      return mails.map((mail) => {
        const file = `${String(count++).padStart(8, '0')}.M.test`;
        writeFileSync(join(maildir, 'tmp', file), mail);
        utimesSync(join(maildir, 'tmp', file), at, at);
        renameSync(join(maildir, 'tmp', file), join(maildir, 'new', file));
        return file;
      });
    },
    doveadm,
    async renumber(user) {
      for (const name of readdirSync(join(folder, 'mail', user)))
        if (name.startsWith('dovecot')) await rm(join(folder, 'mail', user, name));
      // The new UIDVALIDITY is the time in seconds; the old one may be of this very second.
      await doveadm('mailbox', 'update', '--uid-validity', '1234567', '-u', user, 'INBOX');
    },
    damage(user, file) {
      for (const part of ['new', 'cur'])
        for (const name of readdirSync(join(folder, 'mail', user, part)))
          if (name.startsWith(file)) chmodSync(join(folder, 'mail', user, part, name), 0o000);
    },
    kill,
    start,
    async close() {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

interface Owner {
  readonly user: string;
  readonly group: string;
  readonly uid: number;
  readonly gid: number;
}

/** Who reads the mail: Debian's `mail` user when this is root, whom Dovecot refuses, else this user. */
function mailOwner(): Owner {
  const user = IS_ROOT ? 'mail' : userInfo().username;
  const ask = (flags: string): string => spawnSync('id', [flags, user], { encoding: 'utf8' }).stdout.trim();
  return { user, group: ask('-gn'), uid: Number(ask('-u')), gid: Number(ask('-g')) };
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('data', () => socket.destroy());
  });
}

function makeCertificate(folder: string): void {
  const names = 'subjectAltName=DNS:localhost,IP:127.0.0.1,IP:127.14.3.1';
  const args =
    'req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout key.pem -out cert.pem -addext';
  const made = spawnSync('openssl', [...args.split(' '), names], { cwd: folder });
  if (made.status !== 0) throw new Error('openssl could not make a certificate');
}

interface ServerTraits {
  readonly folder: string;
  readonly port: number;
  readonly tlsPort: number;
  readonly owner: Owner;
  readonly isOauth: boolean;
}

function mainConfig({ folder, port, tlsPort, owner, isOauth }: ServerTraits): string {
  const { user, group } = owner;
  return `
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <${folder}/cert.pem
ssl_key = <${folder}/key.pem
disable_plaintext_auth = no
auth_mechanisms = plain login ${isOauth ? 'xoauth2' : ''}
auth_failure_delay = 0
auth_cache_size = 0
mail_location = maildir:${folder}/mail/%u
mail_uid = ${user}
mail_gid = ${group}
first_valid_uid = 1
first_valid_gid = 1
mail_max_userip_connections = 100
default_internal_user = ${IS_ROOT ? 'dovecot' : user}
default_internal_group = ${IS_ROOT ? 'dovecot' : group}
default_login_user = ${IS_ROOT ? 'dovenull' : user}
namespace inbox {
  inbox = yes
  separator = /
}
${isOauth ? `passdb {\n  driver = oauth2\n  mechanisms = xoauth2\n  args = ${folder}/oauth2.conf\n}` : ''}
passdb {
  driver = static
  mechanisms = plain login
  args = password=${DOVECOT_PASSWORD}
}
userdb {
  driver = static
  args = uid=${user} gid=${group} home=${folder}/mail/%u allow_all_users=yes
}
service imap-login {
  ${IS_ROOT ? '' : 'chroot ='}
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = ${tlsPort}
    ssl = yes
  }
}
${IS_ROOT ? '' : 'service anvil {\n  chroot =\n}\nservice stats {\n  chroot =\n}'}
service stats {
  unix_listener stats-writer {
    user = ${user}
    mode = 0666
  }
}
`;
}

function oauth2Config(introspectionUrl: string): string {
  return `
introspection_mode = post
introspection_url = ${introspectionUrl}
username_attribute = email
active_attribute = active
active_value = true
timeout_msecs = 20000
`;
}
