import type { SilenceRow, SilenceStore } from '../domain/ports/silence-store.ts';
import type { Matcher } from '../domain/routing.ts';
import { AppError } from '../lib/app-error.ts';
import type { Clock } from '../lib/clock.ts';
import { parseDuration } from '../lib/duration.ts';
import { GROUP_LABEL_NAMES, unknownValueMessage } from '../routing/labels.ts';
import { parseMatchers } from '../routing/parse-matcher.ts';
import { parseLabelQuery, type QueryWorld } from '../routing/parse-query.ts';

export interface AddSilenceDeps {
  readonly silences: SilenceStore;
  readonly clock: Clock;
  readonly queryWorld: () => QueryWorld;
}

export interface AskedSilence {
  /** Query words (`dept:sales aspect:pricing`), or Alertmanager's spelling (`department="sales", aspect="pricing"`). */
  readonly spelling: string;
  /** e.g. `2h`. */
  readonly duration: string;
  readonly reason: string;
  readonly author: string;
  /** Departments of which one must be named by an exact matcher; null: anything may be silenced. */
  readonly within: readonly string[] | null;
}

/**
 * Adds a silence that begins now. Throws AppError `invalid-input` for matchers or a duration that cannot be read or name what is not
 * there, `forbidden` for one that reaches beyond `within`.
 */
export async function addSilence(
  { silences, clock, queryWorld }: AddSilenceDeps,
  { spelling, duration, reason, author, within }: AskedSilence,
): Promise<SilenceRow> {
  const matchers = readSilence(spelling, { world: queryWorld(), within });
  const ms = parseDuration(duration);
  if (ms === undefined || ms === 0)
    throw new AppError('invalid-input', `"${duration}" is no duration; write it as 30m, 2h or 7d`);
  if (reason.trim() === '')
    throw new AppError('invalid-input', 'A silence needs a reason, for who wonders later');
  const startsAt = clock();
  const endsAt = new Date(startsAt.getTime() + ms);
  return silences.add({ matchers, spelling, startsAt, endsAt, author, reason: reason.trim() });
}

/** The matchers of a silence, from either spelling. Throws AppError as {@link addSilence} does. */
export function readSilence(
  spelling: string,
  { world, within }: { readonly world: QueryWorld; readonly within: AskedSilence['within'] },
): readonly Matcher[] {
  const matchers = readSpelling(spelling, world);
  const isWithin = matchers.some(
    ({ label, op, value }) => label === 'department' && op === '=' && within?.includes(value),
  );
  if (within !== null && !isWithin)
    throw new AppError('forbidden', `Name a department of yours in it, e.g. dept:${within[0] ?? 'sales'}`);
  return matchers;
}

/** Alertmanager's spelling names a label and an operator first, which no query word does. */
const MATCHERS_FIRST = /^\s*(?:\{|"?[\w.:-]+"?\s*(?:=|!=|!~))/;

function readSpelling(spelling: string, world: QueryWorld): readonly Matcher[] {
  if (!MATCHERS_FIRST.test(spelling)) return parseLabelQuery(spelling, world);
  const matchers = parseMatchers(spelling, GROUP_LABEL_NAMES);
  for (const { label, op, value } of matchers) {
    const fault = op === '=' || op === '!=' ? unknownValueMessage(label, value, world) : undefined;
    if (fault !== undefined) throw new AppError('invalid-input', `matcher: ${fault}`);
  }
  return matchers;
}
