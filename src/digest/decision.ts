import type { FrozenFacts, Sentence, ThemeLine } from '../domain/digest.ts';
import { localDate } from './calendar.ts';
import { count, cut, FEW_VOICES, number, people, shortDate } from './words.ts';
import { caseTitle, NAME } from './work-words.ts';

/** A budget that is spent or a source that was stopped waits for somebody to say what is to become of it. */
const STOPPED = ['stopped', 'paused'] as const;

/**
 * The one thing somebody has to decide, or none: who owns what was passed on twice, what nobody has taken, what was promised and is
 * overdue, and what to do about a source that is stopped or messages that may be real.
 */
export function decisionOf(frozen: FrozenFacts, themes: readonly ThemeLine[]): readonly Sentence[] {
  const [words, filter] = wantedBy(frozen, themes) ?? [];
  return words === undefined ? [] : [{ text: `Decision wanted: ${words}`, filter: filter ?? null }];
}

type Wanted = readonly [string, Sentence['filter']?];

function wantedBy(frozen: FrozenFacts, themes: readonly ThemeLine[]): Wanted | null {
  const { open, overdue } = frozen.work;
  const bounced = open.find(({ bounces }) => bounces >= 2);
  if (bounced !== undefined)
    return [
      `who owns ${caseTitle(bounced)}? It was passed on ${number(bounced.bounces)} times and is with ${cut(bounced.department, NAME)} now.`,
    ];
  const untaken = themes.find(
    ({ theme }) =>
      theme.polarity.negative > theme.polarity.positive &&
      theme.recent.people >= FEW_VOICES &&
      theme.standing !== null &&
      theme.standing.status === 'open' &&
      theme.standing.owner === '',
  )?.theme;
  if (untaken !== undefined)
    return [
      `${people(untaken.recent.people)} spoke of “${cut(untaken.name, NAME)}” and nobody in ${cut(untaken.standing?.department ?? '', NAME)} has taken it. Who answers?`,
      { theme: untaken.id },
    ];
  const late = open.find(({ dueAt }) => dueAt !== null && dueAt < frozen.compiledAt);
  if (late !== undefined)
    return [
      `${caseTitle(late)} was due ${shortDate(localDate(frozen.definition.zone, Date.parse(late.dueAt ?? '')))}${overdue > 1 ? `, and ${number(overdue - 1)} more are overdue` : ''}.`,
    ];
  const waiting = open.find(
    ({ status, owner }) => status === 'open' && owner === '' && frozen.definition.department === undefined,
  );
  if (waiting !== undefined)
    return [
      `${people(waiting.tally.people)} spoke of ${caseTitle(waiting)} and nobody in ${cut(waiting.department, NAME)} has taken it. Who answers?`,
    ];
  const stopped = frozen.sources.troubles.find(({ kind }) => STOPPED.some((each) => each === kind));
  if (stopped !== undefined) return [`${cut(stopped.name, 60)} is ${cut(stopped.detail, 100)}.`];
  const { looksReal } = frozen.bins;
  if (looksReal >= FEW_VOICES)
    return [
      `are ${count(looksReal, 'message')} in quarantine real? No machine wrote them as far as can be told.`,
      { outcome: 'quarantined' },
    ];
  return null;
}
