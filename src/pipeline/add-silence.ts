import type { SilenceRow, SilenceStore } from '../domain/ports/silence-store.ts';
import { AppError } from '../lib/app-error.ts';
import type { Clock } from '../lib/clock.ts';
import { parseDuration } from '../lib/duration.ts';
import { GROUP_LABEL_NAMES, unknownValueMessage } from '../routing/labels.ts';
import { parseMatchers } from '../routing/parse-matcher.ts';

export interface AddSilenceDeps {
  readonly silences: SilenceStore;
  readonly clock: Clock;
  readonly departments: readonly { readonly name: string; readonly aspects: readonly string[] }[];
}

export interface AskedSilence {
  /** Alertmanager's spelling, e.g. `department="sales", aspect="pricing"`. */
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
  { silences, clock, departments }: AddSilenceDeps,
  { spelling, duration, reason, author, within }: AskedSilence,
): Promise<SilenceRow> {
  const matchers = parseMatchers(spelling, GROUP_LABEL_NAMES);
  const known = {
    aspects: departments.flatMap(({ aspects }) => aspects),
    departments: departments.map(({ name }) => name),
  };
  for (const { label, op, value } of matchers) {
    const fault = op === '=' || op === '!=' ? unknownValueMessage(label, value, known) : undefined;
    if (fault !== undefined) throw new AppError('invalid-input', `matcher: ${fault}`);
  }
  const isWithin = matchers.some(
    ({ label, op, value }) => label === 'department' && op === '=' && within?.includes(value),
  );
  if (within !== null && !isWithin)
    throw new AppError(
      'forbidden',
      `Name a department of yours in it, e.g. department="${within[0] ?? 'sales'}"`,
    );
  const ms = parseDuration(duration);
  if (ms === undefined || ms === 0)
    throw new AppError('invalid-input', `"${duration}" is no duration; write it as 30m, 2h or 7d`);
  if (reason.trim() === '')
    throw new AppError('invalid-input', 'A silence needs a reason, for who wonders later');
  const startsAt = clock();
  const endsAt = new Date(startsAt.getTime() + ms);
  return silences.add({ matchers, spelling, startsAt, endsAt, author, reason: reason.trim() });
}
