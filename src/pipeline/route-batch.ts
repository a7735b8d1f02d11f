import type { OpinionToRoute, PlacedOpinion, RoutingStore } from '../domain/ports/routing-store.ts';
import type { WakeUp } from '../domain/ports/wake-up.ts';
import type { Route } from '../domain/routing.ts';
import { URGENCIES, type Urgency } from '../domain/words.ts';
import type { Clock } from '../lib/clock.ts';
import { failpoint } from '../lib/failpoint.ts';
import type { DueTime } from '../routing/due-time.ts';
import { groupKeyOf } from '../routing/group-key.ts';
import { matchRoutes } from '../routing/match-routes.ts';
import { caseKeyOf } from './case-key.ts';
import { SURE_ENOUGH } from './decide-outcome.ts';

const BATCH = 500;

export interface RouteDeps {
  readonly routing: RoutingStore;
  readonly root: () => Route;
  readonly dueTime: DueTime;
  readonly clock: Clock;
  readonly wake: WakeUp;
}

/** Routes one batch of analysed mentions into cases and groups. Returns whether more may wait. */
export async function routeBatch({ routing, root, dueTime, clock, wake }: RouteDeps): Promise<boolean> {
  const tree = root();
  const now = clock();
  const dues = new Map(URGENCIES.map((urgency) => [`${urgency}`, dueTime(urgency, now)]));
  const { mentions, firstDueAt } = await routing.routeBatch(BATCH, (opinions) =>
    opinions.flatMap((opinion) => placeOpinion(tree, opinion, dues.get(opinion.labels.urgency) ?? null)),
  );
  if (mentions > 0) failpoint('route.committed');
  if (firstDueAt) await wake('flush', firstDueAt);
  return mentions === BATCH;
}

/** Every route that takes the opinion, with the case and the group it joins there. An unsure opinion is kept, not placed. Pure. */
function placeOpinion(root: Route, opinion: OpinionToRoute, due: Date | null): PlacedOpinion[] {
  if (opinion.confidence < SURE_ENOUGH) return [];
  const { key: caseKey, reason: caseReason } = caseKeyOf(opinion);
  return matchRoutes(root, opinion.labels).map(({ route, department, why }) => {
    const group = groupKeyOf(route, { ...opinion.labels, department });
    return {
      opinionId: opinion.id,
      routePath: route.path,
      department,
      receiver: route.receiver,
      why,
      isWaiting: !opinion.isHistory,
      caseKey,
      caseReason,
      caseDueAt: opinion.isHistory ? null : due,
      urgency: Number(opinion.labels.urgency) as Urgency,
      groupKey: group.key,
      times: timesOf(route),
      groupLabels: group.labels,
      groupWaitMs: route.groupWaitMs,
      groupIntervalMs: route.groupIntervalMs,
      repeatIntervalMs: route.repeatIntervalMs,
    };
  });
}

function timesOf({ muteTimes, activeTimes }: Route): PlacedOpinion['times'] {
  return muteTimes.length + activeTimes.length === 0 ? null : { mute: muteTimes, active: activeTimes };
}
