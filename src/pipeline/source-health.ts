import type { SourceFacts, SourceHealth, SourceState } from '../domain/source-health.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A source is behind when it has not caught up for this many intervals, and at least so long. */
const BEHIND_INTERVALS = 3;
const BEHIND_MS = 15 * MINUTE;
const GAP_SHOWN_MS = 7 * DAY;

interface Judgement {
  readonly state: SourceState;
  readonly sentence: string;
  readonly remedy: string | null;
}

/** Says in plain words how a source is, and what to do. The one judgement that pages, commands, digests and alarms share. Pure. */
export function healthOf(facts: SourceFacts, now: Date): SourceHealth {
  const { name, kind, lastSuccessAt, lastHeardAt, nextPollAt, everyMs, budgetMicros } = facts;
  const lagFrom = facts.caughtUpAt ?? facts.createdAt;
  return {
    name,
    kind,
    ...judge(facts, now),
    lastSuccessAt,
    lastHeardAt,
    lagSeconds: everyMs === null ? null : Math.max(0, Math.round((now.getTime() - lagFrom.getTime()) / 1000)),
    nextPollAt,
    spentUsd: budgetMicros === null ? null : facts.spentMicros / 1_000_000,
    budgetUsd: budgetMicros === null ? null : budgetMicros / 1_000_000,
    gap: facts.gapAt !== null && now.getTime() - facts.gapAt.getTime() < GAP_SHOWN_MS ? facts.gap : null,
  };
}

function judge(facts: SourceFacts, now: Date): Judgement {
  return trouble(facts, now) ?? silence(facts, now) ?? well(facts, now);
}

/** What keeps it from being read. */
function trouble(facts: SourceFacts, now: Date): Judgement | null {
  const { everyMs, errorKind, nextPollAt, failingSince } = facts;
  if (everyMs === null || errorKind === null) return null;
  const lasting = `for ${span(now.getTime() - (failingSince ?? now).getTime())}`;
  const error = (facts.error ?? 'no reason given').split('\n')[0]?.replace(/\.$/, '') ?? '';
  if (errorKind === 'budget')
    return {
      state: 'paused',
      sentence: `paused ${lasting}: ${error}`,
      remedy: 'Raise its monthly budget and restart, or wait for the next month',
    };
  if (nextPollAt === null)
    return {
      state: 'stopped',
      sentence: `stopped after ${facts.failures} refusals: ${error}`,
      remedy: `Mend what it says, then run \`earshot sources test "${facts.name}"\`: a good test starts it again`,
    };
  if (errorKind === 'rate-limited')
    return { state: 'waiting', sentence: `made to wait ${lasting}: ${error}`, remedy: null };
  const needsPerson = errorKind === 'auth' || errorKind === 'not-found' || errorKind === 'invalid-input';
  return {
    state: 'failing',
    sentence: `failing ${lasting}: ${error}`,
    remedy: needsPerson
      ? `Mend what it says, then run \`earshot sources test "${facts.name}"\``
      : 'It is tried again by itself; look at the far side when it lasts',
  };
}

/** What it normally brings and does not: after `silent_after`, or when a whole day goes by on which it is always heard. */
function silence(facts: SourceFacts, now: Date): Judgement | null {
  const { lastHeardAt, silentAfterMs } = facts;
  if (lastHeardAt === null) return null;
  const quietMs = now.getTime() - lastHeardAt.getTime();
  const isSilent = silentAfterMs === null ? quietMs > DAY && hasHabit(facts, now) : quietMs > silentAfterMs;
  if (!isSilent) return null;
  return {
    state: 'silent',
    sentence: `silent for ${span(quietMs)}, which is not its habit; reading it gives no error`,
    remedy:
      'See whether anything is still written there, and whether the query, folder or address is still right',
  };
}

/**
 * Whether it is heard on days like the one that went by: on the same weekday (UTC) of each of the three weeks before, or, when it is
 * younger than that, on each of the seven days up to the last one it was heard on.
 */
function hasHabit({ heardDays, lastHeardAt, createdAt }: SourceFacts, now: Date): boolean {
  if (lastHeardAt === null) return false;
  const missed = dayOf(new Date(now.getTime() - DAY / 2)) - dayOf(lastHeardAt);
  const isHeard = (daysAgo: number): boolean =>
    daysAgo >= 0 && daysAgo < 30 && ((heardDays >> daysAgo) & 1) === 1;
  const age = dayOf(now) - dayOf(createdAt);
  const looked = age < 28 ? [0, 1, 2, 3, 4, 5, 6] : [7, 14, 21].map((week) => week - missed);
  return looked.every(isHeard);
}

function well(facts: SourceFacts, now: Date): Judgement {
  const { everyMs, caughtUpAt, createdAt, lastSuccessAt } = facts;
  if (lastSuccessAt === null) return { state: 'idle', sentence: 'not read yet', remedy: null };
  if (everyMs === null) return { state: 'ok', sentence: `last fed ${ago(lastSuccessAt, now)}`, remedy: null };
  const lag = now.getTime() - (caughtUpAt ?? createdAt).getTime();
  if (lag > Math.max(BEHIND_MS, BEHIND_INTERVALS * everyMs))
    return {
      state: 'behind',
      sentence: `behind: it reads, but has not caught up for ${span(lag)}`,
      remedy: 'It goes on by itself; is a worker running, and is there enough of it?',
    };
  return { state: 'ok', sentence: `last read ${ago(lastSuccessAt, now)}`, remedy: null };
}

function dayOf(instant: Date): number {
  return Math.floor(instant.getTime() / DAY);
}

function ago(instant: Date, now: Date): string {
  return `${span(now.getTime() - instant.getTime())} ago`;
}

/** `under a minute`, `12 minutes`, `3 hours`, `2 days`. */
function span(milliseconds: number): string {
  for (const [unit, size] of [
    ['day', DAY],
    ['hour', HOUR],
    ['minute', MINUTE],
  ] as const) {
    const count = Math.floor(milliseconds / size);
    if (count >= (unit === 'minute' ? 1 : 2)) return `${count} ${unit}${count === 1 ? '' : 's'}`;
  }
  return 'under a minute';
}
