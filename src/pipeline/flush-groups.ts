import { composeNotification } from '../digest/notification.ts';
import type { GroupTurn } from '../domain/group.ts';
import type {
  Destination,
  DueGroup,
  GroupLook,
  GroupOutcome,
  LookedOpinion,
  MuteSources,
  RoutingStore,
} from '../domain/ports/routing-store.ts';
import type { WakeUp } from '../domain/ports/wake-up.ts';
import type { InhibitRule, Mute, TimeInterval } from '../domain/routing.ts';
import { failpoint } from '../lib/failpoint.ts';
import { decideTurn } from '../routing/group-turn.ts';
import { inhibitedBy, isTarget, sharedValues, silencedBy } from '../routing/mutes.ts';
import { timeMute } from '../routing/time-intervals.ts';

const BATCH = 50;

/** What of the config says when nobody is notified. */
export interface MuteRules {
  readonly inhibitRules: readonly InhibitRule[];
  readonly timeIntervals: readonly TimeInterval[];
}

export interface FlushDeps {
  readonly routing: RoutingStore;
  readonly muteRules: () => MuteRules;
  /** The integrations of a receiver, in the order of the config. */
  readonly destinationsOf: (receiver: string) => readonly Destination[];
  /** The root's receiver: it gets what waits for a receiver that the config no longer has. */
  readonly rootReceiver: string;
  readonly publicUrl: string;
  readonly wake: WakeUp;
}

/** Looks at groups that are due, and turns what they have to say into notifications and deliveries. Returns whether more may wait. */
export async function flushGroups(deps: FlushDeps, now: Date): Promise<boolean> {
  const { routing, wake } = deps;
  const { groups, sent, nextDueAt } = await routing.flushGroups(BATCH, async (looks, sources) => {
    failpoint('flush.claimed');
    const muteOf = await readMutes(looks, sources, deps.muteRules());
    return looks.map((look) => outcomeOf(look, { muteOf, deps, now }));
  });
  if (sent > 0) {
    failpoint('flush.committed');
    await wake('deliver');
  }
  if (nextDueAt !== null) await wake('flush', nextDueAt);
  return groups === BATCH;
}

interface Setting {
  readonly muteOf: (opinion: LookedOpinion) => Mute | null;
  readonly deps: FlushDeps;
  readonly now: Date;
}

function outcomeOf(look: GroupLook, { muteOf, deps, now }: Setting): GroupOutcome {
  const { timeIntervals } = deps.muteRules();
  const intervals = new Map(timeIntervals.map((interval) => [interval.name, interval]));
  const turn = decideTurn({
    ...look,
    timeMute: look.times === null ? null : timeMute(look.times, intervals, look.now),
    waiting: look.waiting.map((opinion) => ({
      ...opinion,
      status: opinion.isTakenBack ? 'resolved' : opinion.status,
      mute: muteOf(opinion),
    })),
    told: look.told.map((told) => ({ ...told, mute: muteOfCase(told.caseId, look, muteOf) })),
  });
  if (turn.reason === null) return { group: look, turn, sent: null };
  const own = deps.destinationsOf(look.receiver);
  const message = composeNotification(dueGroup(look, turn, turn.reason), { publicUrl: deps.publicUrl, now });
  const destinations = own.length > 0 ? own : deps.destinationsOf(deps.rootReceiver);
  return { group: look, turn, sent: { message, destinations } };
}

/** A case is muted when every opinion of it is that we know of. */
function muteOfCase(caseId: string, { toldOpinions }: GroupLook, muteOf: Setting['muteOf']): Mute | null {
  const mutes = toldOpinions.filter((opinion) => opinion.caseId === caseId).map(muteOf);
  return mutes.includes(null) ? null : (mutes[0] ?? null);
}

function dueGroup(look: GroupLook, turn: GroupTurn, reason: DueGroup['reason']): DueGroup {
  const { id, department, labels, sequence, beginnings, waiting, toldOpinions } = look;
  const isOf = (cases: readonly string[]) => {
    const known = new Set(cases);
    return ({ caseId }: LookedOpinion) => caseId !== null && known.has(caseId);
  };
  const notified = new Set(turn.notified);
  const resolved = new Map(
    toldOpinions.filter(isOf(turn.resolved)).map((opinion) => [opinion.caseId, opinion]),
  );
  return {
    id,
    department,
    labels,
    reason,
    sequence,
    beginnings: beginnings + (reason === 'first' ? 1 : 0),
    members: [
      ...waiting.filter(({ opinionId }) => notified.has(opinionId)),
      ...toldOpinions.filter(isOf(turn.repeated)),
    ],
    isLive: turn.isLive,
    openCases: turn.repeated.length,
    resolved: [...resolved.values()],
  };
}

/** Finds out what silences and open cases mute, for all the groups at once. */
async function readMutes(
  looks: readonly GroupLook[],
  sources: MuteSources,
  { inhibitRules }: MuteRules,
): Promise<(opinion: LookedOpinion) => Mute | null> {
  const opinions = looks.flatMap(({ waiting, toldOpinions }) => [...waiting, ...toldOpinions]);
  if (opinions.length === 0) return () => null;
  const silences = await sources.silences();
  const [{ now } = { now: new Date(0) }] = looks;
  const inhibiting: ((opinion: LookedOpinion) => Mute | null)[] = [];
  for (const rule of inhibitRules) {
    const targets = opinions.filter(({ labels }) => isTarget(rule, labels));
    if (targets.length === 0) continue;
    const shared = new Map(
      targets
        .map(({ labels }) => sharedValues(rule, labels))
        .map((values) => [JSON.stringify(values), values]),
    );
    const firing = await sources.firing(rule, [...shared.values()]);
    inhibiting.push((opinion) => inhibitedBy(rule, opinion, firing));
  }
  return (opinion) =>
    silencedBy(silences, opinion.labels, now) ??
    inhibiting.map((isInhibited) => isInhibited(opinion)).find((mute) => mute !== null) ??
    null;
}
