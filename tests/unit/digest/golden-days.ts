import { compileDigest } from '../../../src/digest/compile.ts';
import { renderText } from '../../../src/digest/render-text.ts';
import type { AspectTally, DigestFacts } from '../../../src/domain/digest.ts';
import { account, digestFacts, NO_BINS, spoke, tally } from './digest-facts.ts';

/** Numbers that look random and are the same in every run (mulberry32). */
function dice(seed: number): (from: number, to: number) => number {
  let state = seed;
  return (from, to) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return from + (((mixed ^ (mixed >>> 14)) >>> 0) % (to - from + 1));
  };
}

type Roll = ReturnType<typeof dice>;
const ASPECTS = ['product', 'sales', 'pricing', 'service'] as const;

const day = (roll: Roll, scale: number): AspectTally[] =>
  ASPECTS.map((aspect) => spoke(aspect, roll(0, scale), roll(0, Math.ceil(scale / 2)), roll(0, scale)));
const bigger = (tallies: readonly AspectTally[], aspect: string, negative: number): AspectTally[] =>
  tallies.map((one) =>
    one.aspect === aspect ? spoke(aspect, negative, one.neutral.people, one.positive.people) : one,
  );
const pick = (roll: Roll): (typeof ASPECTS)[number] => ASPECTS[roll(0, 3)] ?? 'product';

/** The kinds of days that the issue of the digest names, and those beside them that people meet. */
const KINDS: Readonly<Record<string, (roll: Roll) => DigestFacts>> = {
  quiet: (roll) => digestFacts(day(roll, 1), day(roll, 1)),
  usual(roll) {
    const before = day(roll, 12);
    return digestFacts(
      before.map(({ aspect, negative, neutral, positive }) =>
        spoke(aspect, negative.people + roll(0, 2), neutral.people, positive.people + roll(0, 2)),
      ),
      before,
    );
  },
  spike(roll) {
    const before = day(roll, 8);
    return digestFacts(bigger(before, pick(roll), roll(30, 400)), before);
  },
  'good news'(roll) {
    const before = day(roll, 6);
    const aspect = pick(roll);
    return digestFacts(
      before.map((one) =>
        one.aspect === aspect ? spoke(aspect, one.negative.people, 0, roll(20, 90)) : one,
      ),
      before,
    );
  },
  'one loud author'(roll) {
    const aspect = pick(roll);
    const messages = roll(12, 60);
    const loud: AspectTally = {
      aspect,
      all: tally(messages, roll(1, 3)),
      negative: tally(messages, roll(1, 3)),
      neutral: tally(0),
      positive: tally(0),
    };
    const others = day(roll, 4).filter((one) => one.aspect !== aspect);
    return digestFacts([loud, ...others], day(roll, 4), {
      counted: { shapes: [{ aspect, mixed: 0, byOneAuthor: messages - 1, byOneText: roll(1, messages) }] },
    });
  },
  'source down': (roll) =>
    digestFacts(day(roll, 5), day(roll, 12), {
      frozen: {
        sources: {
          total: 4,
          troubles: [
            {
              name: 'support-mailbox',
              kind: roll(0, 1) === 0 ? 'failing' : 'silent',
              lastSuccessAt: '2026-11-21T22:10:00.000Z',
              detail: 'auth: the mail server refused the login',
            },
          ],
        },
      },
    }),
  'all spam': (roll) => {
    const heard = roll(20, 90);
    return digestFacts([], day(roll, 6), {
      frozen: { bins: { ...NO_BINS, heard, quarantined: heard, looksReal: roll(0, 5) } },
    });
  },
  'first day': (roll) =>
    digestFacts(day(roll, 9), [], { counted: { listeningSince: '2026-11-22T08:00:00.000Z' } }),
  'missing yesterday': (roll) =>
    digestFacts(day(roll, 9), day(roll, 9), { counted: { late: tally(roll(1, 14), roll(1, 9)) } }),
  'price launch'(roll) {
    const before = day(roll, 6);
    return digestFacts(bigger(bigger(before, 'pricing', roll(40, 200)), 'sales', roll(10, 60)), before, {
      frozen: { roster: [account(1, 'Northwind'), account(2, 'Acme')] },
      counted: {
        activity: [
          {
            accountId: '1',
            messages: 4,
            people: 2,
            negative: 4,
            positive: 0,
            lastHeardAt: '2026-11-22T10:00:00.000Z',
          },
          {
            accountId: '2',
            messages: 0,
            people: 0,
            negative: 0,
            positive: 0,
            lastHeardAt: '2026-08-01T10:00:00.000Z',
          },
        ],
      },
    });
  },
};

const DAYS_A_KIND = 20;

/** Days of every kind as a reader of the plain text gets them, without what stands in all of them; 200 in all. */
export function goldenDays(): readonly {
  readonly kind: string;
  readonly subject: string;
  readonly text: string;
}[] {
  return Object.entries(KINDS).flatMap(([kind, make], place) =>
    Array.from({ length: DAYS_A_KIND }, (_, number) => {
      const document = compileDigest(consistent(make(dice(1_000 * place + number))));
      const [, told = ''] = renderText(document, new Map()).split(/─{20,}\n/);
      return { kind: `${kind} ${number + 1}`, subject: document.verdict.subject, text: told.trim() };
    }),
  );
}

/** Everybody speaks of one aspect, so that what was heard is the sum of the aspects. */
function consistent({ frozen, counted }: DigestFacts): DigestFacts {
  const { aspects } = counted.today;
  const sum = (of: 'messages' | 'people'): number => aspects.reduce((total, { all }) => total + all[of], 0);
  const heard = Math.max(frozen.bins.heard, sum('messages'));
  return {
    frozen: { ...frozen, bins: { ...frozen.bins, heard } },
    counted: { ...counted, today: { ...counted.today, total: tally(sum('messages'), sum('people')) } },
  };
}
