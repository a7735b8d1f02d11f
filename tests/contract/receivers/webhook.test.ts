import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { createHttpClient } from '../../../src/lib/http-client.ts';
import { webhook } from '../../../src/receivers/webhook/index.ts';
import { startHttpStub } from '../../support/stub-http.ts';
import { hasty, httpRefusals } from './http-refusals.ts';
import { describeReceiver, failureOf, messageOf, NOW } from './kit.ts';

const LOOPBACK = ['127.0.0.0/8'];
const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const OLD_SECRET = `whsec_${Buffer.alloc(24, 9).toString('base64')}`;
const URL_KEY = 'key-in-the-address';

async function setUp(secret: string | string[] = SECRET, clock: () => Date = () => NOW) {
  const stub = await startHttpStub({ status: 204, body: '' });
  const http = createHttpClient({ privateNetworks: LOOPBACK });
  const options = webhook.options.parse({ url: `${stub.url}/hook?key=${URL_KEY}`, secret });
  return {
    receiver: webhook.create(options, {
      http: hasty(http),
      dataDir: '',
      clock,
      privateNetworks: LOOPBACK,
    }),
    stub,
    secrets: [SECRET, SECRET.slice(6), URL_KEY],
    seenIds: async () => stub.requests.map((request) => request.headers['webhook-id'] ?? ''),
    seenWords: async () => String(JSON.parse(stub.requests.at(-1)?.body ?? '{}').data?.words),
    async close() {
      await http.close();
      await stub.close();
    },
  };
}

type WebhookRig = Awaited<ReturnType<typeof setUp>>;

describeReceiver({
  kind: 'webhook',
  setUp: () => setUp(),
  refusals: httpRefusals(URL_KEY),
  words: (words) => messageOf({ payload: { words } }),
  fallSilent: (rig) => rig.stub.answerWith({ hang: true }),
});

async function withRig(rigging: Promise<WebhookRig>, act: (rig: WebhookRig) => Promise<void>) {
  const rig = await rigging;
  try {
    await act(rig);
  } finally {
    await rig.close();
  }
}

describe('webhook', () => {
  const never = new AbortController().signal;

  it('sends a body that the Standard Webhooks library verifies', () =>
    withRig(
      setUp(SECRET, () => new Date()),
      async ({ receiver, stub }) => {
        await receiver.send(messageOf(), never);

        const [request] = stub.requests;
        expect(new Webhook(SECRET).verify(request?.body ?? '', request?.headers ?? {})).toEqual({
          type: 'notification',
          id: messageOf().id,
          created_at: '2026-03-02T07:29:00.000Z',
          data: messageOf().payload,
        });
        expect(() => new Webhook(OLD_SECRET).verify(request?.body ?? '', request?.headers ?? {})).toThrow(
          'No matching signature found',
        );
      },
    ));

  it('signs with both secrets while one replaces the other', () =>
    withRig(
      setUp([SECRET, OLD_SECRET], () => new Date()),
      async ({ receiver, stub }) => {
        await receiver.send(messageOf(), never);

        const [request] = stub.requests;
        for (const secret of [SECRET, OLD_SECRET]) {
          expect(new Webhook(secret).verify(request?.body ?? '', request?.headers ?? {})).toBeDefined();
        }
      },
    ));

  it('dates every attempt anew under the same id', () => {
    let now = NOW;
    return withRig(
      setUp(SECRET, () => now),
      async ({ receiver, stub }) => {
        await receiver.send(messageOf(), never);
        now = new Date(NOW.getTime() + 5_000);
        await receiver.send(messageOf(), never);

        const [first, second] = stub.requests.map(({ headers }) => headers);
        expect(second?.['webhook-id']).toBe(first?.['webhook-id']);
        expect(Number(second?.['webhook-timestamp']) - Number(first?.['webhook-timestamp'])).toBe(5);
        expect(second?.['webhook-signature']).not.toBe(first?.['webhook-signature']);
      },
    );
  });

  it.each([200, 201, 202, 204, 299])('takes %i for taken, however long the body', (status) =>
    withRig(setUp(), async ({ receiver, stub }) => {
      stub.answerWith({ status, ...(status === 204 ? { body: '' } : { body: 'x'.repeat(100), dripMs: 50 }) });

      expect(await receiver.send(messageOf(), never)).toEqual({ status, detail: 'taken' });
    }),
  );

  it.each([
    'http://169.254.169.254/latest',
    'https://[::1]/',
    'http://crm.example/plain',
    'https://crm.example:8443/',
    'https://10.1.2.3/',
  ])('does not call %s: wrong destination', async (url) => {
    const http = createHttpClient({
      privateNetworks: LOOPBACK,
      resolve: async () => [{ address: '93.184.216.34', family: 4 }],
    });
    const deps = { http, dataDir: '', clock: () => NOW, privateNetworks: LOOPBACK };
    const receiver = webhook.create(webhook.options.parse({ url, secret: SECRET }), deps);

    const error = await failureOf(receiver.send(messageOf(), never));

    expect(error.kind).toBe('not-found');
    await http.close();
  });

  it.each(['whsec_', 'whsec_c2hvcnQ=', `whsec_${'A'.repeat(88)}AAAA`, 'plain', `whsec_${'!'.repeat(32)}`])(
    'refuses the secret %s when the options are read',
    (secret) => {
      const parsed = webhook.options.safeParse({ url: 'https://crm.example/hook', secret });

      expect(parsed.success).toBe(false);
      expect(JSON.stringify(parsed.error)).not.toContain(`"${secret}"`);
    },
  );
});
