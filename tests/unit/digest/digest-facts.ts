import { addDays, dayWindow } from '../../../src/digest/calendar.ts';
import type {
  AccountFact,
  AspectTally,
  CountedDay,
  CountedFacts,
  DayBins,
  DigestDefinition,
  DigestFacts,
  FrozenFacts,
  QuoteCandidate,
  Tally,
} from '../../../src/domain/digest.ts';
import type { WorkFacts } from '../../../src/domain/digest-work.ts';

const DAY = '2026-11-22';
const ZONE = 'Europe/London';

const DEFINITION: DigestDefinition = {
  name: 'executive',
  audience: 'executives',
  at: '07:30',
  zone: ZONE,
  empty: 'line',
};

export function tally(messages: number, people = messages, accounts = 0): Tally {
  return { messages, people, accounts };
}

/** People who spoke badly, neither way and well of an aspect; as many messages and no accounts. */
export function spoke(aspect: string, negative: number, neutral: number, positive: number): AspectTally {
  const all = tally(negative + neutral + positive);
  return { aspect, all, negative: tally(negative), neutral: tally(neutral), positive: tally(positive) };
}

function countedDay(date: string, aspects: readonly AspectTally[]): CountedDay {
  const total = tally(aspects.reduce((sum, { all }) => sum + all.messages, 0));
  return { date, total, aspects, purchase: tally(0), churn: tally(0), urgent: tally(0) };
}

export const NO_BINS: DayBins = {
  heard: 0,
  quarantined: 0,
  looksReal: 0,
  unsure: 0,
  noOpinion: 0,
  ours: 0,
  waiting: 0,
};

const NO_WORK: WorkFacts = {
  closed: [],
  open: [],
  openCases: 0,
  overdue: 0,
  dueSoon: 0,
  misroutes: [],
};

/** The 13 days before {@link DAY}, oldest first. */
const TREND_DATES = Array.from({ length: 13 }, (_, index) => addDays(DAY, index - 13));

export function frozenFacts(changes: Partial<FrozenFacts> = {}): FrozenFacts {
  return {
    definition: DEFINITION,
    workspace: 'Fernhill Software',
    baseUrl: 'https://earshot.example',
    configVersion: 12,
    compiledAt: '2026-11-23T07:30:00.000Z',
    nextRun: 'Tue 24 Nov 07:30 Europe/London',
    cutOff: { xmin: 1, xmax: 1, running: [] },
    edition: 'day',
    themes: [],
    work: NO_WORK,
    told: null,
    reread: null,
    configRefusedAt: null,
    names: {},
    today: dayWindow(ZONE, DAY),
    before: dayWindow(ZONE, addDays(DAY, -7)),
    trend: TREND_DATES.map((date) => dayWindow(ZONE, date)),
    isPartial: false,
    aspects: null,
    earlier: [],
    roster: [],
    sources: { total: 3, troubles: [] },
    bins: NO_BINS,
    pins: { counted: [], uncounted: [] },
    ...changes,
  };
}

/** Facts of a day with these aspects, compared with `before`; listening began long ago. */
export function digestFacts(
  today: readonly AspectTally[],
  before: readonly AspectTally[] = [],
  changes: { readonly frozen?: Partial<FrozenFacts>; readonly counted?: Partial<CountedFacts> } = {},
): DigestFacts {
  return {
    frozen: frozenFacts(changes.frozen),
    counted: {
      today: countedDay(DAY, today),
      before: countedDay(addDays(DAY, -7), before),
      trend: TREND_DATES.map((date) => countedDay(date, [])),
      shapes: [],
      activity: [],
      late: tally(0),
      candidates: [],
      models: ['model-1'],
      listeningSince: '2025-01-01T00:00:00.000Z',
      names: {},
      ...changes.counted,
    },
  };
}

export function candidate(id: number, changes: Partial<QuoteCandidate> = {}): QuoteCandidate {
  return {
    ref: { mentionId: String(id), revisionId: String(id), spanStart: 0, spanEnd: 40 },
    aspect: 'pricing',
    polarity: 'negative',
    intent: 'none',
    urgency: 0,
    platform: 'email',
    accountId: null,
    weight: 1,
    thread: null,
    textKey: `text ${id}`,
    ...changes,
  };
}

export function account(id: number, name: string, changes: Partial<AccountFact> = {}): AccountFact {
  return { id: String(id), name, tier: 'gold', owner: 'Dana Whitcombe', revenue: 1_000_000 - id, ...changes };
}
