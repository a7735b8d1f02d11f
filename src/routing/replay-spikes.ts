import type { PastComplaint, PastSpike } from '../domain/backtest.ts';
import { SPIKE_WEEKS, type Spike, type SpikeReading, type SpikeRules } from '../domain/spike.ts';
import { turnSpikes } from './spikes.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How far before the time that is replayed complaints are needed, to know what was usual. */
export const SPIKE_MEMORY_MS = 7 * SPIKE_WEEKS * DAY_MS + DAY_MS;

interface Span {
  readonly heardSince: Date;
  readonly from: Date;
  readonly to: Date;
}

/**
 * The spikes of whole aspects that rules would have found, looking every hour. `complaints` reach back {@link SPIKE_MEMORY_MS} before
 * `from`, in the order of their times. Pure.
 */
export function replaySpikes(
  complaints: readonly PastComplaint[],
  rules: SpikeRules,
  { heardSince, from, to }: Span,
): readonly PastSpike[] {
  const found: PastSpike[] = [];
  const days = Array.from({ length: SPIKE_WEEKS + 1 }, (_, week) => createDay(complaints, week));
  let open: readonly Spike[] = [];
  for (let at = from.getTime(); at <= to.getTime(); at += HOUR_MS) {
    const [today, ...past] = days.map((day) => day(at));
    const weeks = past.filter((_, index) => at - (index + 1) * 7 * DAY_MS - DAY_MS >= heardSince.getTime());
    const aspects = new Set([today, ...weeks].flatMap((counts) => [...(counts?.keys() ?? [])]));
    const readings = [...aspects].map((aspect): SpikeReading => {
      const sum = weeks.reduce((total, counts) => total + (counts.get(aspect)?.size ?? 0), 0);
      const people = today?.get(aspect)?.size ?? 0;
      return {
        aspect,
        themeId: null,
        theme: null,
        people,
        usual: weeks.length === 0 ? null : sum / weeks.length,
      };
    });
    const now = new Date(at);
    const turns = turnSpikes(readings, open, rules, now);
    for (const { id, subject, spike } of turns)
      if (id === null)
        found.push({ at: now, aspect: subject.aspect, people: spike.people, usual: spike.usual });
    open = turns
      .filter(({ isOver }) => !isOver)
      .map(({ subject, spike, id }) => ({ ...subject, ...spike, id: id ?? `${at} ${subject.aspect}` }));
  }
  return found;
}

type People = Map<string, Map<string, number>>;

/** People by aspect in the 24 hours that end so many weeks before an instant; instants come in order. */
function createDay(complaints: readonly PastComplaint[], week: number): (at: number) => People {
  const people: People = new Map();
  let first = 0;
  let next = 0;
  const count = ({ aspect, authorId }: PastComplaint, by: 1 | -1): void => {
    const said = people.get(aspect) ?? new Map<string, number>();
    const left = (said.get(authorId) ?? 0) + by;
    if (left === 0) said.delete(authorId);
    else said.set(authorId, left);
    people.set(aspect, said);
  };
  return (at) => {
    const until = at - week * 7 * DAY_MS;
    for (let one = complaints[next]; one !== undefined && one.at.getTime() < until; one = complaints[next]) {
      // What was history when it was heard starts nothing, and is compared with.
      if (week > 0 || !one.isHistory) count(one, 1);
      next += 1;
    }
    for (
      let one = complaints[first];
      one !== undefined && first < next && one.at.getTime() < until - DAY_MS;
      one = complaints[first]
    ) {
      if (week > 0 || !one.isHistory) count(one, -1);
      first += 1;
    }
    return people;
  };
}
