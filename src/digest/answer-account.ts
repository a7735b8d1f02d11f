import { JaroWinklerDistance } from 'natural/lib/natural/distance/index.js';
import { accountNameKey } from '../domain/account.ts';
import type { AnswerAccount } from '../domain/answer.ts';

/** Above this two spellings are taken for one name (Jaro-Winkler, 0 to 1); `Acme` and `Acne` give 0.87. */
const NEAR_ENOUGH = 0.9;
/** Shorter names differ too little from other words to be guessed at. */
const SHORTEST_GUESS = 5;
const LEGAL_FORM =
  /[\s,]+(?:inc|ltd|llc|llp|plc|gmbh|ag|kg|se|sa|sas|sarl|spa|srl|bv|nv|oy|ab|as|corp|corporation|co|company|limited|holdings?|group)\.?$/u;

export interface NamedAccounts {
  readonly accounts: readonly AnswerAccount[];
  /** Names that were not spelt as stored, and what they were taken for. */
  readonly guesses: readonly { readonly asked: string; readonly taken: string }[];
}

/** The accounts that words such as `Acme`, `acme ltd` or `Acme and Birch` name; null unless every one is known. */
export function findAccounts(
  words: string,
  known: readonly AnswerAccount[],
  { guess }: { readonly guess: boolean },
): NamedAccounts | null {
  const whole = findAccount(words, known, guess);
  const parts = whole === null ? words.split(/\s*(?:,|&|\band\b|\bor\b)\s*/iu).filter(Boolean) : [words];
  const found = parts.map((part) => ({ asked: part, account: findAccount(part, known, guess) }));
  const accounts: AnswerAccount[] = [];
  const guesses: { asked: string; taken: string }[] = [];
  for (const { asked, account } of found) {
    if (account === null) return null;
    accounts.push(account);
    if (shortKey(asked) !== shortKey(account.name)) guesses.push({ asked, taken: account.name });
  }
  return accounts.length === 0 ? null : { accounts: [...new Set(accounts)], guesses };
}

function findAccount(asked: string, known: readonly AnswerAccount[], guess: boolean): AnswerAccount | null {
  const key = accountNameKey(asked.replace(/['’]s$/u, ''));
  const short = shortKey(key);
  const exact =
    known.find(({ name }) => accountNameKey(name) === key) ??
    onlyOne(known, ({ name }) => shortKey(name) === short);
  if (exact) return exact;
  const byFirstWord = onlyOne(known, ({ name }) => shortKey(name).startsWith(`${short} `));
  if (byFirstWord || !guess || short.length < SHORTEST_GUESS) return byFirstWord;
  const scored = known
    .map((account) => ({ account, score: JaroWinklerDistance(short, shortKey(account.name)) }))
    .filter(({ score }) => score >= NEAR_ENOUGH)
    .toSorted((a, b) => b.score - a.score);
  const [best, next] = scored;
  return best === undefined || next?.score === best.score ? null : best.account;
}

function onlyOne<T>(items: readonly T[], fits: (item: T) => boolean): T | null {
  const [first, second] = items.filter(fits);
  return first !== undefined && second === undefined ? first : null;
}

/** A name without its legal form, so that `Acme` finds `Acme Ltd.`. */
export function shortKey(name: string): string {
  return accountNameKey(name).replace(/^the /, '').replace(LEGAL_FORM, '');
}
