import type {
  InhibitRule,
  Matcher,
  Mute,
  PlacedLabels,
  PlacedOpinionLabels,
  Silence,
} from '../domain/routing.ts';
import { matches } from './matcher.ts';

export function matchesAll(matchers: readonly Matcher[], labels: PlacedLabels): boolean {
  return matchers.every((matcher) => matches(matcher, labels));
}

/** The active silence that mutes these labels, of several the one that ends last; null when there is none. */
export function silencedBy(silences: readonly Silence[], labels: PlacedLabels, now: Date): Mute | null {
  const muting = silences
    .filter(({ startsAt, endsAt }) => startsAt <= now && now < endsAt)
    .filter(({ matchers }) => matchesAll(matchers, labels))
    .toSorted((a, b) => b.endsAt.getTime() - a.endsAt.getTime())[0];
  if (muting === undefined) return null;
  const { id, author, reason, endsAt } = muting;
  return { kind: 'silence', reason: `silenced by ${author}: ${reason}`, until: endsAt.toISOString(), by: id };
}

/** Whether the rule could mute these labels, if something fires. */
export function isTarget({ target }: InhibitRule, labels: PlacedLabels): boolean {
  return matchesAll(target, labels);
}

/** The labels' values that a source must share with the target; a missing label counts as the empty string. */
export function sharedValues({ equal }: InhibitRule, labels: PlacedLabels): readonly string[] {
  return equal.map((label) => labels[label as keyof PlacedLabels] ?? '');
}

/**
 * The open case that mutes `one` by the rule, null when there is none. As in Alertmanager (inhibit/inhibit.go), what fulfils both sides
 * is not muted by what does too; and no case mutes itself. `firing` are opinions of open cases.
 */
export function inhibitedBy(
  rule: InhibitRule,
  one: PlacedOpinionLabels,
  firing: readonly PlacedOpinionLabels[],
): Mute | null {
  if (!isTarget(rule, one.labels)) return null;
  const shared = JSON.stringify(sharedValues(rule, one.labels));
  const isTwoSided = matchesAll(rule.source, one.labels);
  const source = firing.find(
    (other) =>
      other.caseId !== one.caseId &&
      matchesAll(rule.source, other.labels) &&
      JSON.stringify(sharedValues(rule, other.labels)) === shared &&
      !(isTwoSided && isTarget(rule, other.labels)),
  );
  if (source === undefined) return null;
  return {
    kind: 'inhibition',
    reason: `held back while case ${source.caseId} is open`,
    until: null,
    by: source.caseId,
  };
}
