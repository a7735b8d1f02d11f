import { composeSpike } from '../digest/spike-alarm.ts';
import type { SpikeLook, SpikeStore } from '../domain/ports/alarm-stores.ts';
import type { Destination, Told } from '../domain/ports/routing-store.ts';
import type { WakeUp } from '../domain/ports/wake-up.ts';
import type { Route, TimeInterval } from '../domain/routing.ts';
import type { SpikeRules, SpikeTurn } from '../domain/spike.ts';
import { complaintOn } from '../routing/complaint.ts';
import { matchRoutes } from '../routing/match-routes.ts';
import { silencedBy } from '../routing/mutes.ts';
import { turnSpikes } from '../routing/spikes.ts';
import { timeMute } from '../routing/time-intervals.ts';

export interface SpikeDeps {
  readonly spikes: SpikeStore;
  readonly config: {
    readonly spikes: SpikeRules | null;
    readonly route: Route;
    readonly timeIntervals: readonly TimeInterval[];
  };
  readonly destinationsOf: (receiver: string) => readonly Destination[];
  readonly publicUrl: string;
  readonly wake: WakeUp;
}

/**
 * Looks whether more people complain than the same weekday usually brings, and tells who would be told of such a complaint. Returns the
 * subjects of what was told.
 */
export async function watchSpikes(deps: SpikeDeps): Promise<readonly string[]> {
  const rules = deps.config.spikes;
  const told = await deps.spikes.look(async (look, quotesOf) => {
    if (rules === null) return [];
    const decisions = [];
    for (const turn of turnSpikes(look.readings, look.open, rules, look.now)) {
      const destinations = whoHears(turn, deps, look);
      const isTold = turn.spike.toldAt !== null;
      const isNews = turn.isOver ? isTold : !isTold && turn.spike.quietSince === null;
      if (isNews && destinations.length > 0) {
        const quotes = turn.isOver ? [] : await quotesOf(turn.subject);
        const setting = { quotes, rules, publicUrl: deps.publicUrl, now: look.now };
        const tell = (id: string): Told => ({ message: composeSpike(id, turn, setting), destinations });
        decisions.push({ turn, tell });
      } else {
        // Who was told of it hears of its end, and waits for that while it is muted.
        decisions.push({ turn: { ...turn, isOver: turn.isOver && !isNews }, tell: null });
      }
    }
    return decisions;
  });
  if (told.length > 0) await deps.wake('deliver');
  return told;
}

/** The ways out of the routes that such a complaint takes, without those that are muted just now. */
function whoHears(
  { subject }: SpikeTurn,
  { config, destinationsOf }: SpikeDeps,
  { silences, now }: SpikeLook,
): readonly Destination[] {
  const labels = complaintOn(subject.aspect, subject.theme ?? '');
  const intervals = new Map(config.timeIntervals.map((interval) => [interval.name, interval]));
  const receivers = matchRoutes(config.route, labels)
    .filter(({ department }) => silencedBy(silences, { ...labels, department }, now) === null)
    .filter(
      ({ route }) => timeMute({ mute: route.muteTimes, active: route.activeTimes }, intervals, now) === null,
    )
    .map(({ route }) => route.receiver);
  return [...new Set(receivers)].flatMap((receiver) => destinationsOf(receiver));
}
