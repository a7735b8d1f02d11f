import type { AccountActivity } from '../../domain/digest.ts';
import type { Aspect } from '../../domain/words.ts';
import { Counter, type People, type Speech } from './people.ts';

interface AccountCount {
  readonly all: Counter;
  readonly negative: Counter;
  readonly positive: Counter;
}

/** What accounts said on a day. */
export interface AccountsCount {
  add(speech: Speech): void;
  /** Those of the roster that said something. */
  activity(): readonly Omit<AccountActivity, 'lastHeardAt'>[];
}

/** `roster`: ids of accounts. */
export function createAccountsCount(
  people: People,
  aspects: readonly Aspect[] | null,
  roster: readonly string[],
): AccountsCount {
  const counter = (): Counter => new Counter(people);
  const counts = new Map(
    roster.map((id): [number, AccountCount] => [
      Number(id),
      { all: counter(), negative: counter(), positive: counter() },
    ]),
  );
  return {
    add({ rollup, speakers, firstMessage }) {
      const { label, message, labels } = rollup;
      for (let at = 0; at < label.length; at += 1) {
        const place = message[at] ?? 0;
        const speaker = speakers[place] ?? 0;
        const account = people.accountOf(speaker);
        if (account === 0) continue;
        const count = counts.get(account);
        const said = labels[label[at] ?? 0];
        if (count === undefined || said === undefined) continue;
        if (aspects !== null && !aspects.includes(said.aspect)) continue;
        count.all.add(firstMessage + place, speaker);
        if (said.polarity !== 'neutral') count[said.polarity].add(firstMessage + place, speaker);
      }
    },
    activity: () =>
      [...counts]
        .map(([id, { all, negative, positive }]) => ({
          accountId: String(id),
          messages: all.messages,
          people: all.tally.people,
          negative: negative.messages,
          positive: positive.messages,
        }))
        .filter(({ messages }) => messages > 0),
  };
}
