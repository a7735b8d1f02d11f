import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OutboundMessage, Receiver } from '../../../src/domain/delivery.ts';
import { AppError, type ErrorKind } from '../../../src/lib/app-error.ts';

/** A receiver with a stand-in of its far side, new for every test. */
export interface Rig {
  readonly receiver: Receiver;
  /** Texts that no error may show: keys, passwords, addresses that hold them. */
  readonly secrets: readonly string[];
  /** Ids of the messages the far side got, in order, as the far side can read them. */
  seenIds(): Promise<readonly string[]>;
  /** All words of the last message as a reader of the far side sees them, markup undone. */
  seenWords(): Promise<string>;
  close(): Promise<void>;
}

/** One way in which the far side does not take a message. */
export interface Refusal<R extends Rig> {
  readonly name: string;
  readonly kind: ErrorKind;
  /** Expected wait until `retryAt`, in seconds from `NOW`; undefined when the far side names none. */
  readonly retryAfterS?: number;
  arrange(rig: R): void | Promise<void>;
}

/** What the receivers' clock shows in the kit. */
export const NOW = new Date('2026-03-02T07:30:00Z');

/** Words that would do something if a receiver let them (mentions, links, markup, header lines). */
export const HOSTILE_WORDS = [
  '<!channel> look',
  '<!here>',
  '<!everyone>',
  '<@U123> and <#C1> and <!subteam^S1>',
  '<https://evil.example|https://bank.example>',
  '<!date^1^x|y>',
  '&lt;!channel&gt;',
  'R&D &amp; <b>sales</b>',
  'line\r\nBcc: evil@evil.example\r\nX-Evil: 1\r\n\r\nbody',
  '"}],"admin":true',
  '\u202e right to left \u{1f600}\u200d\u{1f525}',
  '*'.repeat(2_000),
];

export function messageOf(changes: Partial<OutboundMessage> = {}): OutboundMessage {
  return {
    id: '0f8b5f1c-4c3e-7000-8000-3f2d1c0b9a87',
    kind: 'notification',
    subject: 'Pricing: 3 new complaints',
    text: 'Three customers say that the price went up without a word.',
    payload: { department: 'finance', url: 'https://earshot.example/cases/7' },
    createdAt: new Date('2026-03-02T07:29:00Z'),
    ...changes,
  };
}

interface ReceiverCase<R extends Rig> {
  readonly kind: string;
  readonly setUp: () => Promise<R>;
  readonly refusals: readonly Refusal<R>[];
  /** Turns a text into a message of the kind's richest form. */
  readonly words: (text: string) => OutboundMessage;
  /** From now on the far side never answers; absent where nobody has to answer. */
  readonly fallSilent?: (rig: R) => void;
}

/** The rules that every kind of receiver keeps. */
export function describeReceiver<R extends Rig>(receiver: ReceiverCase<R>): void {
  const { kind, setUp, refusals, words, fallSilent } = receiver;
  describe(`receiver ${kind}`, () => {
    let rig: R;
    const never = new AbortController().signal;

    beforeEach(async () => {
      rig = await setUp();
    });

    afterEach(async () => {
      await rig.receiver.close();
      await rig.close();
    });

    it('gives a receipt for a message that is taken', async () => {
      const receipt = await rig.receiver.send(messageOf(), never);

      expect(receipt.detail.length).toBeGreaterThan(0);
      expect(receipt.detail.length).toBeLessThanOrEqual(500);
      for (const secret of rig.secrets) expect(receipt.detail).not.toContain(secret);
      expect(await rig.seenIds()).toHaveLength(1);
    });

    it('carries the same id when a message is sent again, another for another message', async () => {
      await rig.receiver.send(messageOf(), never);
      await rig.receiver.send(messageOf(), never);
      await rig.receiver.send(messageOf({ id: '0f8b5f1c-4c3e-7000-8000-aaaaaaaaaaaa' }), never);

      const [first, second, other] = await rig.seenIds();
      expect(second).toBe(first);
      expect(other).not.toBe(first);
    });

    it.each(refusals.map((refusal) => [refusal.name, refusal] as const))('%s', async (_name, refusal) => {
      await refusal.arrange(rig);

      const error = await failureOf(rig.receiver.send(messageOf(), never));

      expect(error.kind).toBe(refusal.kind);
      const wait =
        error.retryAt === undefined ? undefined : (error.retryAt.getTime() - NOW.getTime()) / 1_000;
      expect(wait).toBe(refusal.retryAfterS);
      expectNoSecret(error, rig.secrets);
    });

    it('refuses at once when it is stopped before it begins', async () => {
      const error = await failureOf(rig.receiver.send(messageOf(), AbortSignal.abort()));

      expect(error.kind).toBe('unavailable');
      expectNoSecret(error, rig.secrets);
      expect(await rig.seenIds()).toHaveLength(0);
    });

    it.each(HOSTILE_WORDS)('lets hostile words stay words: %j', async (text) => {
      await rig.receiver.send(words(text), never);
      expect(oneSpace(await rig.seenWords())).toContain(oneSpace(text));
    });

    const silence = fallSilent;
    if (silence === undefined) return;
    it('stops within a second while the far side is silent', async () => {
      silence(rig);
      const stop = new AbortController();
      const sending = failureOf(rig.receiver.send(messageOf(), stop.signal));
      await expect.poll(async () => (await rig.seenIds()).length, { timeout: 5_000, interval: 10 }).toBe(1);

      const stoppedAt = performance.now();
      stop.abort();
      const error = await sending;

      expect(performance.now() - stoppedAt).toBeLessThan(1_000);
      expect(error.kind).toBe('unavailable');
      expectNoSecret(error, rig.secrets);
    });
  });
}

/** The AppError a call ends with; fails when it succeeds or throws anything else. */
export async function failureOf(call: Promise<unknown>): Promise<AppError> {
  const outcome = await call.then(
    (value) => value,
    (error: unknown) => error,
  );
  if (!(outcome instanceof AppError))
    throw new Error('The call did not end in an AppError.', { cause: outcome });
  return outcome;
}

/** Looks at an error in every way a log, an API answer or a debugger would. */
function expectNoSecret(error: Error, secrets: readonly string[]): void {
  const faces: string[] = [];
  for (let link: unknown = error; link instanceof Error; link = link.cause) {
    faces.push(String(link), link.stack ?? '', JSON.stringify(link), JSON.stringify(Object.entries(link)));
  }
  faces.push(inspect(error, { depth: null, showHidden: true }));
  for (const secret of secrets) for (const face of faces) expect(face).not.toContain(secret);
}

/** Far sides wrap lines and end them in their own ways. */
function oneSpace(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}
