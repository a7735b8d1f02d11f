import type { Tally } from '../../domain/digest-quote.ts';
import type { Rollup } from '../../domain/rollup.ts';

/** A rollup whose authors have their numbers. */
export interface Speech {
  readonly rollup: Rollup;
  /** The author's number, by message. */
  readonly speakers: Int32Array;
  /** Messages of one digest are numbered on from rollup to rollup. */
  readonly firstMessage: number;
}

/** The authors of a digest, numbered as they are met. */
export interface People {
  meet(rollup: Rollup): Speech;
  /** The account of an author by number; 0: none. */
  accountOf(speaker: number): number;
}

/** `accounts` by author, ids both. */
export function createPeople(accounts: ReadonlyMap<number, number>): People {
  const numbers = new Map<number, number>();
  const accountOf: number[] = [];
  let messages = 0;
  return {
    meet(rollup) {
      const speakers = new Int32Array(rollup.author.length);
      for (let at = 0; at < speakers.length; at += 1) {
        const author = rollup.author[at] ?? 0;
        let number = numbers.get(author);
        if (number === undefined) {
          number = accountOf.length;
          numbers.set(author, number);
          accountOf.push(accounts.get(author) ?? 0);
        }
        speakers[at] = number;
      }
      const firstMessage = messages;
      messages += speakers.length;
      return { rollup, speakers, firstMessage };
    },
    accountOf: (speaker) => accountOf[speaker] ?? 0,
  };
}

/** Counts distinct messages, people and accounts. The opinions of one message have to come one after the other. */
export class Counter {
  messages = 0;
  private people = 0;
  private readonly accounts = new Set<number>();
  private readonly crowd: People;
  private newest = -1;
  private hasSpoken = new Uint8Array(256);

  constructor(crowd: People) {
    this.crowd = crowd;
  }

  /** Whether it is the first opinion of its message. */
  add(message: number, speaker: number): boolean {
    if (message === this.newest) return false;
    this.newest = message;
    this.messages += 1;
    if (speaker >= this.hasSpoken.length) {
      const wider = new Uint8Array(2 * speaker);
      wider.set(this.hasSpoken);
      this.hasSpoken = wider;
    }
    if (this.hasSpoken[speaker] === 1) return true;
    this.hasSpoken[speaker] = 1;
    this.people += 1;
    const account = this.crowd.accountOf(speaker);
    if (account > 0) this.accounts.add(account);
    return true;
  }

  get tally(): Tally {
    return { messages: this.messages, people: this.people, accounts: this.accounts.size };
  }
}
