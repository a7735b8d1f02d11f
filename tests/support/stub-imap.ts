import { createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { portOf } from './stub-http.ts';

/** What the stub holds and says; replaced as a whole or in parts at any time. */
export interface ImapScript {
  readonly uidValidity?: number;
  /** By UID. */
  readonly mails?: ReadonlyMap<number, string>;
  /** Logins it offers, e.g. `AUTH=PLAIN`. */
  readonly logins?: string;
  /** Answer to a login; default OK. */
  readonly login?: string;
  /** UIDs whose FETCH is answered with NO. */
  readonly refuses?: readonly number[];
}

export interface ImapStub {
  readonly port: number;
  /** Every line that clients said. */
  readonly lines: readonly string[];
  answerWith(script: ImapScript): void;
  close(): Promise<void>;
}

/** An IMAP server on loopback for what a real one will not do: just enough of the protocol to read one folder. */
export async function startImapStub(script: ImapScript = {}): Promise<ImapStub> {
  const lines: string[] = [];
  const sockets = new Set<Socket>();
  let current = script;

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
    socket.write('* OK ready\r\n');
    createInterface({ input: socket }).on('line', (line) => {
      lines.push(line);
      socket.write(answer(line, current));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: portOf(server),
    lines,
    answerWith(script) {
      current = script;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function answer(line: string, script: ImapScript): string {
  const [tag = '*', ...words] = line.split(' ');
  const command = words
    .slice(0, words[0] === 'UID' ? 2 : 1)
    .join(' ')
    .toUpperCase();
  const { mails = new Map<number, string>(), logins = 'AUTH=PLAIN' } = script;
  const uids = uidsIn(words[2] ?? '', [...mails.keys()]);
  switch (command) {
    case 'CAPABILITY':
      return `* CAPABILITY IMAP4rev1 SASL-IR ${logins}\r\n${tag} OK\r\n`;
    case 'AUTHENTICATE':
    case 'LOGIN':
      return `${tag} ${script.login ?? 'OK in'}\r\n`;
    case 'LIST':
      return `* LIST () "/" INBOX\r\n${tag} OK\r\n`;
    case 'EXAMINE': {
      const next = Math.max(0, ...mails.keys()) + 1;
      const codes = `* OK [UIDVALIDITY ${script.uidValidity ?? 1}]\r\n* OK [UIDNEXT ${next}]\r\n`;
      return `* ${mails.size} EXISTS\r\n* FLAGS ()\r\n${codes}${tag} OK [READ-ONLY]\r\n`;
    }
    case 'UID SEARCH':
      return `* SEARCH ${uidsIn(words[3] ?? '', [...mails.keys()]).join(' ')}\r\n${tag} OK\r\n`;
    case 'UID FETCH': {
      if (uids.some((uid) => script.refuses?.includes(uid))) return `${tag} NO [SERVERBUG] no\r\n`;
      const isWhole = line.includes('BODY.PEEK');
      const rows = uids.map((uid) => {
        const mail = mails.get(uid) ?? '';
        const what = isWhole
          ? `BODY[]<0> {${Buffer.byteLength(mail)}}\r\n${mail}`
          : `RFC822.SIZE ${Buffer.byteLength(mail)} INTERNALDATE "30-Mar-2026 10:00:00 +0000"`;
        return `* ${uid} FETCH (UID ${uid} ${what})\r\n`;
      });
      return `${rows.join('')}${tag} OK\r\n`;
    }
    default:
      return `${tag} OK\r\n`;
  }
}

/** `3,5:7` or `4:*`; as real servers do, the latter gives the last one even when it comes before 4. */
function uidsIn(set: string, existing: readonly number[]): number[] {
  const last = Math.max(0, ...existing);
  const ranges = set.split(',').map((part) => {
    const [from = 0, to = from] = part.split(':').map((end) => (end === '*' ? last : Number(end)));
    return [Math.min(from, to), Math.max(from, to)] as const;
  });
  return existing.filter((uid) => ranges.some(([from, to]) => uid >= from && uid <= to));
}
