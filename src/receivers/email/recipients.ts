import { z } from 'zod';
import type { Receipt } from '../../domain/delivery.ts';
import { AppError } from '../../lib/app-error.ts';
import { readJson } from '../../lib/read-json.ts';
import type { Mailbox } from './options.ts';
import type { RefusedRecipient } from './replies.ts';

const refusedSchema = z.object({ address: z.string(), isFinal: z.boolean(), reply: z.string() });

/** How far a mail got: who was only put off, and what became of the others. Addresses are in lower case. */
const progressSchema = z.object({
  waiting: z.array(z.string()),
  taken: z.int(),
  refused: z.array(refusedSchema),
});

const MAX_DETAIL = 500;

/** Those who wait for the mail: all, unless an earlier attempt has got to some of them. */
export class Recipients {
  readonly waiting: readonly Mailbox[];
  readonly #count: number;
  readonly #taken: number;
  readonly #refused: readonly RefusedRecipient[];

  /** `progress` is that of the error which the last attempt ended in. */
  constructor(all: readonly Mailbox[], progress: string | null) {
    const read = progressSchema.safeParse(readJson(progress ?? ''));
    const waiting = new Set(read.data?.waiting);
    this.#count = all.length;
    this.#taken = read.data?.taken ?? 0;
    this.#refused = read.data?.refused ?? [];
    this.waiting = read.success ? all.filter(({ address }) => waiting.has(address.toLowerCase())) : all;
  }

  /**
   * Takes in one attempt in which the server answered for every waiting recipient; who is not among `refused` was taken.
   * Returns the receipt when nobody waits any more. Throws `unavailable` with the progress while somebody does, `not-found` when the
   * server refused every recipient for good.
   */
  settle(status: number, refused: readonly RefusedRecipient[]): Receipt {
    const replyTo = new Map(refused.map((reply) => [reply.address.toLowerCase(), reply]));
    const replyOf = ({ address }: Mailbox) => replyTo.get(address.toLowerCase());
    const waiting = this.waiting.filter((mailbox) => replyOf(mailbox)?.isFinal === false);
    const taken = this.#taken + this.waiting.filter((mailbox) => replyOf(mailbox) === undefined).length;
    const lost = [...this.#refused, ...refused.filter((reply) => reply.isFinal)];

    const tally = `taken for ${taken} of ${this.#count}`;
    if (waiting.length > 0) {
      const addresses = waiting.map(({ address }) => address.toLowerCase());
      const progress: z.input<typeof progressSchema> = { waiting: addresses, taken, refused: lost };
      throw new AppError('unavailable', `Mail ${tally}; ${waiting.length} put off (${replies(refused)}).`, {
        progress: JSON.stringify(progress),
      });
    }
    if (taken === 0)
      throw new AppError('not-found', `Every recipient was refused for good (${replies(lost)}).`);
    const loss = lost.length === 0 ? '' : `; refused for good: ${replies(lost)}`;
    return { status, detail: `${tally}${loss}`.slice(0, MAX_DETAIL) };
  }
}

function replies(refused: readonly RefusedRecipient[]): string {
  return refused
    .map(({ address, reply }) => `${address}: ${reply}`)
    .join(', ')
    .slice(0, MAX_DETAIL);
}
