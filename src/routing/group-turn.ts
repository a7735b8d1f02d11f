import type { CaseStatus } from '../domain/case.ts';
import type { GroupState, GroupTurn, NotificationReason, Standing } from '../domain/group.ts';
import type { Mute } from '../domain/routing.ts';

/**
 * What a group does now. Alertmanager's rules, with an open case as the firing alert: the first notification waits group_wait, later
 * ones come on the beat of group_interval, and while cases stay open they are listed again every repeat_interval. Unlike there, a case
 * that somebody has accepted is not repeated, a notification between two repeats lists only what is new, and what was muted is notified
 * at the very end of the mute. Pure.
 */
export function decideTurn(state: GroupState): GroupTurn {
  const { now, timeMute, told } = state;
  const dropped = state.waiting.filter(({ status }) => isClosed(status));
  const fresh = state.waiting.filter(({ status }) => !isClosed(status));
  const muteOf = (one: Standing): Mute | null => timeMute ?? one.mute ?? snoozeOf(one);
  const clear = fresh.filter((one) => muteOf(one) === null);
  const muted = fresh.flatMap((one) => {
    const mute = muteOf(one);
    return mute === null ? [] : [{ opinionId: one.opinionId, mute }];
  });
  const over = told.filter(({ status }) => isClosed(status));
  const open = told.filter(({ status }) => status === 'open' || status === 'snoozed');
  const free = spacedFrom(state, now);

  const isDue = (at: Date): boolean => at <= now;
  const resolved = isDue(free) ? over.filter((one) => muteOf(one) === null) : [];
  const isNew = clear.length > 0 && isDue(newAt(state));
  const isRepeat = isDue(free) && isDue(repeatAt(state));
  const repeated = isRepeat ? open.filter((one) => muteOf(one) === null) : [];
  const reason = reasonOf({ isFirst: !state.isLive, isNew, repeated, resolved });
  const hasSent = reason !== null;
  const notified = hasSent && isDue(newAt(state)) ? clear : [];
  const waitingOn = fresh.filter((one) => !notified.includes(one));
  const isStillOpen = fresh.length > 0 || told.some(({ status }) => !isClosed(status));
  const next: GroupState = {
    ...state,
    lastNotifiedAt: hasSent ? now : state.lastNotifiedAt,
    listedAt: reason === 'first' || reason === 'repeat' ? now : state.listedAt,
    isLive: hasSent ? isStillOpen : state.isLive && isStillOpen,
  };
  return {
    reason,
    notified: notified.map(({ opinionId }) => opinionId),
    repeated: repeated.map(({ caseId }) => caseId),
    resolved: resolved.map(({ caseId }) => caseId),
    dropped: dropped.map(({ opinionId }) => opinionId),
    muted,
    isLive: next.isLive,
    dueAt: earliest([
      ...waitingOn.map((one) => lookAt(newAt(next), muteOf(one), next)),
      ...over
        .filter((one) => !resolved.includes(one))
        .map((one) => lookAt(spacedFrom(next, now), muteOf(one), next)),
      ...open.map((one) => lookAt(latest(repeatAt(next), spacedFrom(next, now)), muteOf(one), next)),
      ...(notified.some(({ status }) => status === 'open')
        ? [latest(repeatAt(next), spacedFrom(next, now))]
        : []),
    ]),
  };
}

function isClosed(status: CaseStatus): boolean {
  return status === 'resolved' || status === 'declined';
}

function snoozeOf({ status, snoozedUntil }: Standing): Mute | null {
  if (status !== 'snoozed') return null;
  return { kind: 'snooze', reason: 'snoozed', until: snoozedUntil?.toISOString() ?? null, by: null };
}

function reasonOf(of: {
  readonly isFirst: boolean;
  readonly isNew: boolean;
  readonly repeated: readonly unknown[];
  readonly resolved: readonly unknown[];
}): NotificationReason | null {
  if (of.isNew && of.isFirst) return 'first';
  if (of.repeated.length > 0) return 'repeat';
  if (of.isNew) return 'new';
  return of.resolved.length > 0 ? 'resolved' : null;
}

/** Two notifications of a group are never closer than group_interval. */
function spacedFrom({ lastNotifiedAt, groupIntervalMs }: GroupState, now: Date): Date {
  return lastNotifiedAt === null ? now : after(lastNotifiedAt, groupIntervalMs);
}

/** When what waits may be notified: after group_wait, or on the group's next beat since the first of it came. */
function newAt({
  isLive,
  lastNotifiedAt,
  waitingSince,
  now,
  groupWaitMs,
  groupIntervalMs,
}: GroupState): Date {
  const since = waitingSince ?? now;
  const waited = after(since, groupWaitMs);
  if (lastNotifiedAt === null) return waited;
  if (!isLive) return latest(waited, after(lastNotifiedAt, groupIntervalMs));
  const beats = Math.max(1, Math.ceil((since.getTime() - lastNotifiedAt.getTime()) / groupIntervalMs));
  return after(lastNotifiedAt, beats * groupIntervalMs);
}

function repeatAt({ listedAt, now, repeatIntervalMs }: GroupState): Date {
  return after(listedAt ?? now, repeatIntervalMs);
}

/** While something is muted it is looked at on every beat, since a silence or a config may end the mute before its time. */
function lookAt(at: Date, mute: Mute | null, { now, groupIntervalMs }: GroupState): Date {
  if (mute === null) return at;
  const beat = after(now, groupIntervalMs);
  const until = mute.until === null ? beat : new Date(mute.until);
  return latest(at, until < beat ? until : beat);
}

function after(at: Date, milliseconds: number): Date {
  return new Date(at.getTime() + milliseconds);
}

function latest(one: Date, other: Date): Date {
  return one > other ? one : other;
}

function earliest(all: readonly Date[]): Date | null {
  return all.reduce<Date | null>((least, at) => (least === null || at < least ? at : least), null);
}
