import type { Receipt } from '../../domain/delivery.ts';
import { AppError } from '../../lib/app-error.ts';
import type { Mailbox } from './options.ts';
import type { RefusedRecipient } from './replies.ts';

interface Progress {
  readonly waiting: readonly Mailbox[];
  readonly taken: number;
  readonly refused: readonly RefusedRecipient[];
}

const MAX_OPEN_MESSAGES = 500;
const MAX_DETAIL = 500;

/**
 * Who still waits for which message while some recipients are only put off: the next attempt goes to them alone. Held in
 * memory; after a restart, or in another process, all get the mail again under the same Message-ID.
 */
export class Recipients {
  readonly #all: readonly Mailbox[];
  readonly #open = new Map<string, Progress>();

  constructor(all: readonly Mailbox[]) {
    this.#all = all;
  }

  waitingFor(messageId: string): readonly Mailbox[] {
    return this.#open.get(messageId)?.waiting ?? this.#all;
  }

  /**
   * Takes in one attempt in which the server answered for every waiting recipient; who is not among `refused` was taken.
   * Returns the receipt when nobody waits any more. Throws `unavailable` while somebody does, `not-found` when the server
   * refused every recipient for good.
   */
  settle(messageId: string, status: number, refused: readonly RefusedRecipient[]): Receipt {
    const before = this.#open.get(messageId) ?? { waiting: this.#all, taken: 0, refused: [] };
    const replyTo = new Map(refused.map((reply) => [reply.address.toLowerCase(), reply]));
    const replyOf = ({ address }: Mailbox) => replyTo.get(address.toLowerCase());
    const waiting = before.waiting.filter((mailbox) => replyOf(mailbox)?.isFinal === false);
    const taken = before.taken + before.waiting.filter((mailbox) => replyOf(mailbox) === undefined).length;
    const lost = [...before.refused, ...refused.filter((reply) => reply.isFinal)];
    this.#open.delete(messageId);

    const tally = `taken for ${taken} of ${this.#all.length}`;
    if (waiting.length > 0) {
      this.#remember(messageId, { waiting, taken, refused: lost });
      throw new AppError('unavailable', `Mail ${tally}; ${waiting.length} put off (${replies(refused)}).`);
    }
    if (taken === 0)
      throw new AppError('not-found', `Every recipient was refused for good (${replies(lost)}).`);
    const loss = lost.length === 0 ? '' : `; refused for good: ${replies(lost)}`;
    return { status, detail: `${tally}${loss}`.slice(0, MAX_DETAIL) };
  }

  #remember(messageId: string, progress: Progress): void {
    const [oldest] = this.#open.keys();
    if (this.#open.size >= MAX_OPEN_MESSAGES && oldest !== undefined) this.#open.delete(oldest);
    this.#open.set(messageId, progress);
  }
}

function replies(refused: readonly RefusedRecipient[]): string {
  return refused
    .map(({ address, reply }) => `${address}: ${reply}`)
    .join(', ')
    .slice(0, MAX_DETAIL);
}
