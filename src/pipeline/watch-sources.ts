import { composeSourceAlarm } from '../digest/source-alarm.ts';
import type { Destination } from '../domain/ports/routing-store.ts';
import type { SourceStore, Watching } from '../domain/ports/source-store.ts';
import type { WakeUp } from '../domain/ports/wake-up.ts';
import type { SourceFacts, SourceHealth } from '../domain/source-health.ts';
import { healthOf } from './source-health.ts';

/** What passes by itself is announced only when it has lasted this long, or three intervals. */
const PATIENCE_MS = 15 * 60_000;
const PATIENCE_INTERVALS = 3;

export interface WatchDeps {
  readonly sources: SourceStore;
  /** Who hears of it: the root receiver's ways out. */
  readonly destinations: () => readonly Destination[];
  readonly publicUrl: string;
  readonly wake: WakeUp;
}

/** Announces each trouble of a source once, and once that it is over. Returns the subjects of what was sent. */
export async function watchSources(deps: WatchDeps, now: Date): Promise<readonly string[]> {
  const sent = await deps.sources.watch((facts) => decide(facts, deps.publicUrl, now), deps.destinations());
  if (sent.length > 0) await deps.wake('deliver');
  return sent.map(({ subject }) => subject);
}

function decide(facts: SourceFacts, publicUrl: string, now: Date): Watching {
  const health = healthOf(facts, now);
  const since = alarmSince(health, facts, now);
  const alarm = since === null ? null : `${facts.name}:${health.state}:${since.getTime()}`;
  if (alarm === facts.alarm) return { alarm, message: null };
  const setting = { isOver: alarm === null, publicUrl, now };
  return { alarm, message: composeSourceAlarm(health, { ...setting, alarm: alarm ?? facts.alarm ?? '' }) };
}

/** Since when the source has a trouble that people should hear of now; null when it has none. */
function alarmSince({ state }: SourceHealth, facts: SourceFacts, now: Date): Date | null {
  const { failingSince, lastHeardAt, everyMs, errorKind } = facts;
  if (state === 'silent') return lastHeardAt;
  if (state === 'stopped' || state === 'paused') return failingSince;
  if (state !== 'failing' || failingSince === null) return null;
  if (errorKind === 'auth' || errorKind === 'not-found' || errorKind === 'invalid-input') return failingSince;
  const patience = Math.max(PATIENCE_MS, PATIENCE_INTERVALS * (everyMs ?? 0));
  return now.getTime() - failingSince.getTime() > patience ? failingSince : null;
}
