import type { PastNotification, PastOpinion, Replay, RoutingRules } from '../domain/backtest.ts';
import type { GroupState, ToldCase, WaitingOpinion } from '../domain/group.ts';
import type { Mute, PlacedLabels, PlacedOpinionLabels, Route } from '../domain/routing.ts';
import { groupKeyOf } from './group-key.ts';
import { decideTurn } from './group-turn.ts';
import { matchRoutes } from './match-routes.ts';
import { inhibitedBy, isTarget, matchesAll, sharedValues, silencedBy } from './mutes.ts';
import { timeMute } from './time-intervals.ts';

/** An opinion in a department, by one route. */
interface Placed extends PlacedOpinionLabels {
  readonly opinion: PastOpinion;
  readonly caseId: string;
  readonly labels: PlacedLabels;
}

interface PastGroup {
  readonly route: Route;
  readonly department: string;
  readonly members: Placed[];
}

/**
 * What the rules would have done with opinions that are sure enough: who would have got them, and what would have been notified until
 * `to`. Cases end when they ended; whoever accepted one is not asked again, so that repeats are counted at most. Pure.
 */
export function replay(opinions: readonly PastOpinion[], rules: RoutingRules, to: Date): Replay {
  const owners = new Map<string, Set<string>>();
  const groups = new Map<string, PastGroup>();
  for (const opinion of opinions.toSorted((a, b) => a.heardAt.getTime() - b.heardAt.getTime())) {
    for (const { route, department } of matchRoutes(rules.route, opinion.labels)) {
      owners.set(opinion.mentionId, (owners.get(opinion.mentionId) ?? new Set()).add(department));
      if (opinion.isHistory) continue;
      const labels = { ...opinion.labels, department };
      const { key } = groupKeyOf(route, labels);
      const group = groups.get(key) ?? { route, department, members: [] };
      group.members.push({ opinion, caseId: `${department}\n${opinion.caseKey}`, labels });
      groups.set(key, group);
    }
  }
  const mutes = createMutes(
    [...groups.values()].flatMap(({ members }) => members),
    rules,
  );
  const replayed = [...groups.values()].map((group) => replayGroup(group, { rules, mutes, to }));
  return {
    owners: new Map([...owners].map(([mention, departments]) => [mention, [...departments].toSorted()])),
    notifications: replayed
      .flatMap(({ notifications }) => notifications)
      .toSorted((a, b) => a.at.getTime() - b.at.getTime()),
    muted: replayed.reduce((sum, { muted }) => sum + muted, 0),
  };
}

interface Mutes {
  readonly of: (placed: Placed, now: Date) => Mute | null;
  /** When cases ended that may have muted others. */
  readonly ends: readonly Date[];
}

/** Silences by their time, and inhibition by the cases that were open then. */
function createMutes(all: readonly Placed[], { silences, inhibitRules }: RoutingRules): Mutes {
  const sources = inhibitRules.map((rule) => {
    const firing = new Map<string, Placed[]>();
    for (const placed of all.filter(({ labels }) => matchesAll(rule.source, labels))) {
      const key = JSON.stringify(sharedValues(rule, placed.labels));
      firing.set(key, [...(firing.get(key) ?? []), placed]);
    }
    return { rule, firing };
  });
  const of = (placed: Placed, now: Date): Mute | null => {
    const silenced = silencedBy(silences, placed.labels, now);
    if (silenced !== null) return silenced;
    for (const { rule, firing } of sources) {
      if (!isTarget(rule, placed.labels)) continue;
      const open = (firing.get(JSON.stringify(sharedValues(rule, placed.labels))) ?? []).filter(
        ({ opinion }) => opinion.heardAt <= now && (opinion.closedAt === null || now < opinion.closedAt),
      );
      const mute = inhibitedBy(rule, placed, open);
      if (mute !== null) return mute;
    }
    return null;
  };
  const firing = sources.flatMap((source) => [...source.firing.values()].flat());
  return { of, ends: firing.flatMap(({ opinion }) => opinion.closedAt ?? []) };
}

interface Setting {
  readonly rules: RoutingRules;
  readonly mutes: Mutes;
  readonly to: Date;
}

/** Between two looks at a group that is due at once again. */
const SHORTEST_MS = 1_000;

/** More looks than a group of thirty days needs at the shortest interval; a group that asks for more has a fault. */
const MOST_LOOKS = 100_000;

function replayGroup(
  { route, department, members }: PastGroup,
  { rules, mutes, to }: Setting,
): { notifications: readonly PastNotification[]; muted: number } {
  const intervals = new Map(rules.timeIntervals.map((interval) => [interval.name, interval]));
  const times = { mute: route.muteTimes, active: route.activeTimes };
  const hasTimes = times.mute.length + times.active.length > 0;
  const ends = [...members.flatMap(({ opinion }) => opinion.closedAt ?? []), ...mutes.ends].toSorted(
    (a, b) => a.getTime() - b.getTime(),
  );
  const notifications: PastNotification[] = [];
  let waiting: Placed[] = [];
  const told: ToldCases = { staying: new Map(), ending: new Map() };
  let came = 0;
  let ended = 0;
  let mutedNow = 0;
  let state = {
    lastNotifiedAt: null as Date | null,
    listedAt: null as Date | null,
    isLive: false,
    waitingSince: null as Date | null,
  };
  let dueAt: Date | null = null;
  for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
    const now = earliest([members[came]?.opinion.heardAt, ends[ended], dueAt]);
    if (now === null || now > to) break;
    while (came < members.length && (members[came]?.opinion.heardAt ?? to) <= now) {
      waiting.push(members[came] as Placed);
      came += 1;
    }
    while (ended < ends.length && (ends[ended] ?? to) <= now) ended += 1;
    const standing = (placed: Placed): Pick<WaitingOpinion, 'status' | 'snoozedUntil' | 'mute'> => ({
      status: placed.opinion.closedAt !== null && placed.opinion.closedAt <= now ? 'resolved' : 'open',
      snoozedUntil: null,
      mute: mutes.of(placed, now),
    });
    const look: GroupState = {
      ...state,
      now,
      groupWaitMs: route.groupWaitMs,
      groupIntervalMs: route.groupIntervalMs,
      repeatIntervalMs: route.repeatIntervalMs,
      waitingSince: waiting.length === 0 ? null : (state.waitingSince ?? now),
      timeMute: hasTimes ? timeMute(times, intervals, now) : null,
      waiting: waiting.map((placed) => ({
        opinionId: placed.opinion.id,
        caseId: placed.caseId,
        ...standing(placed),
      })),
      told: bearing(told, { now, repeatAt: after(state.listedAt ?? now, route.repeatIntervalMs) }).map(
        ([caseId, placed]): ToldCase => ({ caseId, ...standing(placed) }),
      ),
    };
    const turn = decideTurn(look);
    const notified = new Set(turn.notified);
    const dropped = new Set(turn.dropped);
    if (turn.reason !== null)
      notifications.push({
        at: now,
        receiver: route.receiver,
        department,
        path: route.path,
        reason: turn.reason,
        opinions: notified.size,
      });
    for (const placed of waiting.filter(({ opinion }) => notified.has(opinion.id))) {
      const isEnding = placed.opinion.closedAt !== null;
      (isEnding ? told.staying : told.ending).delete(placed.caseId);
      (isEnding ? told.ending : told.staying).set(placed.caseId, placed);
    }
    for (const caseId of turn.resolved) told.ending.delete(caseId);
    waiting = waiting.filter(({ opinion }) => !notified.has(opinion.id) && !dropped.has(opinion.id));
    mutedNow = turn.muted.length;
    state = {
      lastNotifiedAt: turn.reason === null ? state.lastNotifiedAt : now,
      listedAt: turn.reason === 'first' || turn.reason === 'repeat' ? now : state.listedAt,
      isLive: turn.isLive,
      waitingSince: waiting.length === 0 ? null : look.waitingSince,
    };
    dueAt = turn.dueAt === null || turn.dueAt > now ? turn.dueAt : after(now, SHORTEST_MS);
  }
  return { notifications, muted: mutedNow };
}

/** The cases of a group that were told of, and not yet that they ended. */
interface ToldCases {
  readonly staying: Map<string, Placed>;
  /** Those that somebody closes some day. */
  readonly ending: Map<string, Placed>;
}

/**
 * What of the told cases a look depends on: those that have ended, and of the open ones a single one, unless it is time to list them all
 * again. Thousands may be open, and most looks are about something else.
 */
function bearing(
  { staying, ending }: ToldCases,
  { now, repeatAt }: { readonly now: Date; readonly repeatAt: Date },
): readonly (readonly [string, Placed])[] {
  if (repeatAt <= now) return [...staying, ...ending];
  const hasEnded = ([, { opinion }]: readonly [string, Placed]): boolean =>
    opinion.closedAt !== null && opinion.closedAt <= now;
  const ended = [...ending].filter(hasEnded);
  const [open = [...ending].find((one) => !hasEnded(one))] = staying;
  return open === undefined ? ended : [...ended, open];
}

function after(at: Date, milliseconds: number): Date {
  return new Date(at.getTime() + milliseconds);
}

function earliest(times: readonly (Date | null | undefined)[]): Date | null {
  return times.reduce<Date | null>((least, at) => (at && (least === null || at < least) ? at : least), null);
}
