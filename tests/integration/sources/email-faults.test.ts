import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HeardMention } from '../../../src/domain/mention.ts';
import type { Source } from '../../../src/domain/source.ts';
import { AppError } from '../../../src/lib/app-error.ts';
import { type Dovecot, hasDovecot, NEEDS_DOVECOT, startDovecot } from '../../support/dovecot.ts';
import { type FaultProxy, startFaultProxy } from '../../support/fault-proxy.ts';
import { openMailbox } from '../../support/mailbox.ts';
import { type SampleMail, sampleMails } from '../../support/sample-mails.ts';

/** What a store does with pages: rows by their natural key, and the cursor, move together or not at all. */
class MemoryStore {
  readonly mentions = new Map<string, HeardMention>();
  cursor: string | null = null;
  /** Pages that came to nothing, by the kind of the error. */
  readonly failures: string[] = [];

  /** One poll: page after page until there is no more, or the source fails. Gives whether it came to the end. */
  async poll(source: Source): Promise<boolean> {
    try {
      for (let hasMore = true; hasMore; ) {
        const page = await source.fetchPage(this.cursor, new AbortController().signal);
        for (const mention of page.mentions) this.mentions.set(mention.externalId, mention);
        ({ nextCursor: this.cursor, hasMore } = page);
      }
      return true;
    } catch (error) {
      this.failures.push(error instanceof AppError ? error.kind : String(error));
      return false;
    }
  }

  async pollToTheEnd(source: Source): Promise<void> {
    for (let tries = 0; tries < 20; tries += 1) if (await this.poll(source)) return;
    throw new Error(`the mailbox cannot be read: ${this.failures.slice(-3).join(', ')}`);
  }
}

describe.skipIf(!hasDovecot)(`a mailbox behind a bad line${NEEDS_DOVECOT}`, () => {
  let dovecot: Dovecot;
  let proxy: FaultProxy;

  beforeAll(async () => {
    dovecot = await startDovecot();
    proxy = await startFaultProxy(dovecot.port);
  });
  afterAll(async () => {
    await proxy?.close();
    await dovecot?.close();
  });

  it('loses and doubles nothing through 20 cuts, 5 stalls, 5 kills of the server and 3 renumberings', {
    timeout: 240_000,
  }, async () => {
    const samples = sampleMails(200);
    const waiting = [...samples];
    const deliver = (count: number): unknown =>
      dovecot.deliver({ user: 'u1' }, ...waiting.splice(0, count).map(({ raw }) => raw));
    const source = openMailbox(proxy.port, 'u1', { internals: { silenceMs: 2000 } });
    const store = new MemoryStore();
    const validities = ['4242424242', '77', '4242424242'];

    /** Polls until the fault is met, for a slow machine may give a connection up before; gives the poll that is under way. */
    const meet = async (
      fault: Parameters<FaultProxy['failNext']>[0],
    ): Promise<{ poll: Promise<boolean> }> => {
      for (let tries = 0; tries < 20; tries += 1) {
        deliver(tries === 0 ? 5 : 1);
        const before = proxy.met;
        const met = proxy.failNext(fault);
        const poll = store.poll(source);
        await Promise.race([met, poll]);
        if (proxy.met > before) return { poll };
      }
      throw new Error('the fault was never met');
    };

    for (const [step, fault] of faults().entries()) {
      if (fault.kind === 'renumber') {
        const validity = validities.shift() ?? '';
        await dovecot.doveadm('mailbox', 'update', '--uid-validity', validity, '-u', 'u1', 'INBOX');
      } else if (fault.kind === 'kill') {
        const { poll } = await meet({ stallAfter: fault.after });
        await dovecot.kill();
        expect(await poll).toBe(false);
        await dovecot.start();
      } else {
        const { poll } = await meet(
          fault.kind === 'stall' ? { stallAfter: fault.after } : cutOrReset(step, fault.after),
        );
        await poll;
      }
      // Every other time the next fault meets what this one left unread.
      if (step % 2 === 1) await store.pollToTheEnd(source);
    }
    deliver(waiting.length);
    await store.pollToTheEnd(source);
    await source.close();

    expect(store.failures.filter((kind) => kind !== 'unavailable')).toEqual([]);
    expect(proxy.met).toBe(30);
    expectEach(samples, [...store.mentions.values()]);
  });

  it('gives each mail its mark: machine, unreadable, or neither', async () => {
    const samples = sampleMails(40);
    dovecot.deliver({ user: 'u2' }, ...samples.map(({ raw }) => raw));
    const store = new MemoryStore();

    await store.pollToTheEnd(openMailbox(dovecot.port, 'u2'));

    const mentions = [...store.mentions.values()];
    expectEach(samples, mentions);
    for (const { marker, machineMail, isUnreadable = false } of samples) {
      const mention = mentions.find(({ text }) => text.includes(marker));
      expect(mention).toMatchObject({ platform: 'email', kind: 'mail' });
      expect(mention?.machineMail, marker).toBe(machineMail);
      expect(mention?.unreadable !== undefined, marker).toBe(isUnreadable);
    }
  });
});

/** Every mail became one mention, and nothing else did. */
function expectEach(samples: readonly SampleMail[], mentions: readonly HeardMention[]): void {
  const found = samples.map(({ marker }) => mentions.filter(({ text }) => text.includes(marker)).length);
  expect(found).toEqual(samples.map(() => 1));
  expect(mentions).toHaveLength(samples.length);
}

type Fault =
  | { readonly kind: 'cut' | 'stall' | 'kill'; readonly after: number }
  | { readonly kind: 'renumber' };

/** Places from the greeting to the middle of the mails, in bytes; the kinds in a mixed but fixed order. */
function faults(): readonly Fault[] {
  const cuts = [
    1, 40, 150, 300, 500, 700, 900, 1000, 1100, 1200, 1300, 1400, 1500, 1600, 1800, 2000, 2300, 2600, 3000,
    3500,
  ];
  const all: Fault[] = [
    ...cuts.map((after) => ({ kind: 'cut', after }) as const),
    ...[20, 700, 1250, 2200, 3200].map((after) => ({ kind: 'stall', after }) as const),
    ...[30, 650, 1350, 2100, 3100].map((after) => ({ kind: 'kill', after }) as const),
    ...[1, 2, 3].map(() => ({ kind: 'renumber' }) as const),
  ];
  // 33 and 10 have no common divisor, so every one comes once.
  return all.map((_, index) => all[(index * 10) % all.length] ?? { kind: 'renumber' });
}

function cutOrReset(step: number, after: number): { cutAfter: number } | { resetAfter: number } {
  return step % 3 === 0 ? { resetAfter: after } : { cutAfter: after };
}
