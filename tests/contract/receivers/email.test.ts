import { createServer } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { describe, expect, it } from 'vitest';
import { createHttpClient } from '../../../src/lib/http-client.ts';
import { email } from '../../../src/receivers/email/index.ts';
import { portOf } from '../../support/stub-http.ts';
import { type SmtpScript, type SmtpStub, startSmtpStub } from '../../support/stub-smtp.ts';
import { describeReceiver, failureOf, HOSTILE_WORDS, messageOf, NOW, type Refusal } from './kit.ts';

const LOOPBACK = ['127.0.0.0/8'];
const PASSWORD = 'hush-hush';
const ANN = 'ann@firm.example';
const BEN = 'ben@firm.example';
const CAT = 'cat@firm.example';
const never = new AbortController().signal;

function receiverFor(smtp: string, changes: object = {}) {
  const options = { smtp, from: 'Earshot <earshot@fernhill.example>', to: [ANN, `Ben <${BEN}>`], ...changes };
  const deps = { http: createHttpClient({ privateNetworks: [] }), dataDir: '', clock: () => NOW };
  return email.create(email.options.parse(options), { ...deps, privateNetworks: LOOPBACK });
}

async function setUp(changes: object = {}) {
  const stub = await startSmtpStub({ login: { user: 'ops@fernhill', pass: PASSWORD }, echo: PASSWORD });
  const receiver = receiverFor(stub.url.replace('//', `//ops%40fernhill:${PASSWORD}@`), changes);
  return {
    receiver,
    stub,
    secrets: [PASSWORD, Buffer.from(PASSWORD).toString('base64')],
    seenIds: async () => stub.mails.map((mail) => mail.messageId ?? ''),
    seenWords: async () => stub.mails.at(-1)?.text ?? '',
    close: () => stub.close(),
  };
}

type MailRig = Awaited<ReturnType<typeof setUp>>;

const answers = (name: string, script: SmtpScript, expected: Omit<Refusal<MailRig>, 'name' | 'arrange'>) => ({
  name,
  ...expected,
  arrange: (rig: MailRig) => rig.stub.answerWith({ echo: PASSWORD, ...script }),
});

const refusals: readonly Refusal<MailRig>[] = [
  ...[421, 450, 451, 452].flatMap((code) => [
    answers(`${code} to the mail: tries again`, { data: code }, { kind: 'unavailable' }),
    answers(`${code} to every recipient: tries again`, { recipient: () => code }, { kind: 'unavailable' }),
    answers(`${code} to the sender: tries again`, { sender: () => code }, { kind: 'unavailable' }),
  ]),
  ...[550, 552, 553, 554].flatMap((code) => [
    answers(`${code} to the mail: this message will never do`, { data: code }, { kind: 'invalid-input' }),
    answers(
      `${code} to every recipient: wrong destination`,
      { recipient: () => code },
      { kind: 'not-found' },
    ),
    answers(`${code} to the sender: not let in`, { sender: () => code }, { kind: 'auth' }),
  ]),
  answers('wrong password: not let in', { login: { user: 'ops@fernhill', pass: 'other' } }, { kind: 'auth' }),
  answers('cut after the mail was read: tries again', { dropAfterData: true }, { kind: 'unavailable' }),
  { name: 'nobody listens: tries again', kind: 'unavailable', arrange: (rig) => rig.stub.close() },
];

describeReceiver({
  kind: 'email',
  setUp: () => setUp(),
  refusals,
  words: (text) => messageOf({ kind: 'digest', subject: text, text, html: text }),
  fallSilent: (rig) => rig.stub.answerWith({ hang: true }),
});

async function withRig(act: (rig: MailRig) => Promise<void>, changes: object = {}) {
  const rig = await setUp(changes);
  try {
    await act(rig);
  } finally {
    await rig.close();
  }
}

const sentTo = (stub: SmtpStub) => stub.mails.map((mail) => mail.envelope.to);

describe('email', () => {
  it('sends text and html to every recipient with the headers that keep machines quiet', () =>
    withRig(async ({ receiver, stub }) => {
      await receiver.send(messageOf({ kind: 'digest', html: '<p>Three customers</p>' }), never);

      const [mail] = stub.mails;
      expect(mail?.subject).toBe('Pricing: 3 new complaints');
      expect(mail?.text).toContain('Three customers say');
      expect(mail?.html).toContain('<p>Three customers</p>');
      expect(mail?.raw).toContain('Content-Type: multipart/alternative');
      expect(mail?.from?.text).toBe('"Earshot" <earshot@fernhill.example>');
      expect(mail?.envelope).toEqual({ from: 'earshot@fernhill.example', to: [ANN, BEN] });
      expect(mail?.messageId).toBe(`<earshot.${messageOf().id}@fernhill.example>`);
      expect(mail?.date).toEqual(messageOf().createdAt);
      expect(mail?.headers.get('auto-submitted')).toBe('auto-generated');
      expect(mail?.headers.get('x-auto-response-suppress')).toBe('All');
      expect(mail?.headers.get('x-loop')).toBe('earshot@fernhill.example');
      expect(mail?.raw).toMatch(/^List-ID: Earshot digest <digest\.earshot\.fernhill\.example>\r$/m);
    }));

  it('names a list in digests only', () =>
    withRig(async ({ receiver, stub }) => {
      await receiver.send(messageOf(), never);

      expect(stub.mails[0]?.raw).not.toMatch(/^List-Id/im);
    }));

  it('goes on with the others when one recipient is refused for good', () =>
    withRig(async ({ receiver, stub }) => {
      stub.answerWith({ recipient: (address) => (address === ANN ? 550 : undefined) });

      const receipt = await receiver.send(messageOf(), never);

      expect(receipt).toEqual({ status: 250, detail: `taken for 1 of 2; refused for good: ${ANN}: 550` });
      expect(sentTo(stub)).toEqual([[BEN]]);
    }));

  it('tries again for those alone who were put off, under the same Message-ID', () =>
    withRig(
      async ({ receiver, stub }) => {
        const codes: Record<string, number> = { [BEN]: 451, [CAT]: 550 };
        stub.answerWith({ recipient: (address) => codes[address] });
        const error = await failureOf(receiver.send(messageOf(), never));
        stub.answerWith({});

        const { progress = null } = error;
        // Whoever goes on with it, in this process or another.
        const receipt = await receiver.send(messageOf(), never, { progress });

        expect(error.kind).toBe('unavailable');
        expect(sentTo(stub)).toEqual([[ANN], [BEN]]);
        expect(stub.mails[0]?.messageId).toBe(stub.mails[1]?.messageId);
        expect(receipt.detail).toBe(`taken for 2 of 3; refused for good: ${CAT}: 550`);
      },
      { to: [ANN, BEN, CAT] },
    ));

  it('repeats a mail whose answer was cut off under the same Message-ID', () =>
    withRig(async ({ receiver, stub }) => {
      stub.answerWith({ dropAfterData: true });
      await failureOf(receiver.send(messageOf(), never));
      stub.answerWith({});

      await receiver.send(messageOf(), never);

      expect(stub.mails.map((mail) => mail.messageId)).toEqual(Array(2).fill(stub.mails[0]?.messageId));
      expect(sentTo(stub)).toEqual([
        [ANN, BEN],
        [ANN, BEN],
      ]);
    }));

  it.each(HOSTILE_WORDS.concat('x\r\nRCPT TO:<evil@evil.example>', 'x\nX-Evil: 1', '\u2028X-Evil: 1', '\0'))(
    'makes no header or recipient of %j',
    (text) =>
      withRig(async ({ receiver, stub }) => {
        await receiver.send(messageOf({ id: text, subject: text, text, html: text }), never);

        const [mail] = stub.mails;
        expect([...stub.recipients]).toEqual([ANN, BEN]);
        expect([...(mail?.headers.keys() ?? [])].toSorted()).toEqual([
          'auto-submitted',
          'content-type',
          'date',
          'from',
          'message-id',
          'mime-version',
          'subject',
          'to',
          'x-auto-response-suppress',
          'x-loop',
        ]);
        expect(mail?.messageId).toMatch(/^<earshot\.[0-9a-f]{40}@fernhill\.example>$/);
        expect(mail?.subject?.length ?? 0).toBeLessThanOrEqual(200);
      }),
  );

  it.each([
    'b@corp.example\r\nRCPT TO:<evil@evil.example>',
    'b@corp.example, evil@evil.example',
    'b@corp.example>\r\nRCPT TO:<evil@evil.example',
    'Bcc: x\r\nX <b@corp.example>',
    'B\u0000 <b@corp.example>',
    'b@corp',
    'b corp@corp.example',
    '<b@corp.example> evil@evil.example',
    '',
  ])('refuses the recipient %j when the options are read', (to) => {
    const options = { smtp: 'smtp://mail.firm.example', from: ANN };

    expect(email.options.safeParse({ ...options, to: [to] }).success).toBe(false);
    expect(email.options.safeParse({ ...options, to: [ANN], from: to }).success).toBe(false);
  });

  it.each([
    'http://mail.firm.example',
    'smtp://',
    'smtp://a:b@',
    'smtp://u:%E0%A4%A@mail.firm.example',
    'smtp://h:99999',
  ])('refuses the server address %s without repeating it', (smtp) => {
    const parsed = email.options.safeParse({ smtp, from: ANN, to: [ANN] });

    expect(parsed.success).toBe(false);
    expect(JSON.stringify(parsed.error)).not.toContain(`"${smtp}"`);
  });

  it.each(['smtp://10.0.0.1:25', 'smtp://[::1]', 'smtp://8.8.8.8:6379', 'smtps://169.254.169.254'])(
    'does not connect to %s',
    async (smtp) => {
      const error = await failureOf(receiverFor(smtp).send(messageOf(), never));

      expect(error.kind).toBe('not-found');
    },
  );

  it.each([
    ['from the start', 'smtps', true],
    ['by STARTTLS', 'smtp', false],
  ])(
    'gives no password to a server with a certificate of its own making, TLS %s',
    async (_name, scheme, secure) => {
      const logins: string[] = [];
      const server = new SMTPServer({
        secure,
        logger: false,
        onAuth(auth, _session, callback) {
          logins.push(auth.username ?? '');
          callback(null, { user: 'anybody' });
        },
      });
      // The failed handshake is reported here too; what counts is the client's side.
      server.on('error', () => undefined);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const receiver = receiverFor(`${scheme}://ops:${PASSWORD}@127.0.0.1:${portOf(server.server)}`);

      const error = await failureOf(receiver.send(messageOf(), never));

      expect([error.kind, logins]).toEqual(['unavailable', []]);
      expect(error.message).toMatch(/\((ETLS|ESOCKET|DEPTH_ZERO_SELF_SIGNED_CERT|CERT_HAS_EXPIRED)\)/);
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  );

  it('stops within a second while the server does not greet', async () => {
    const stop = new AbortController();
    const silent = createServer(() => stop.abort());
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const startedAt = performance.now();

    const error = await failureOf(
      receiverFor(`smtp://127.0.0.1:${portOf(silent)}`).send(messageOf(), stop.signal),
    );

    expect(error.kind).toBe('unavailable');
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    await new Promise((resolve) => silent.close(resolve));
  });
});
