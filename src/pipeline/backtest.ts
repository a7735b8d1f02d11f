import { isDeepStrictEqual } from 'node:util';
import type {
  Backtest,
  PastNotification,
  PastOpinion,
  PastSpike,
  Replay,
  RoutingRules,
} from '../domain/backtest.ts';
import type { DueRules } from '../domain/due.ts';
import type { AspectHint } from '../domain/opinion.ts';
import type { BacktestReadModel, PastMention } from '../domain/ports/backtest-read-model.ts';
import type { Classifier } from '../domain/ports/classifier.ts';
import type { SpikeRules } from '../domain/spike.ts';
import { createDueTime } from '../routing/due-time.ts';
import { replaySpikes, SPIKE_MEMORY_MS } from '../routing/replay-spikes.ts';
import type { ReplayTask } from '../routing/replay-thread.ts';
import { caseKeyOf } from './case-key.ts';
import { SURE_ENOUGH } from './decide-outcome.ts';

/** What of a config a backtest looks at. */
export interface BacktestConfig extends Omit<RoutingRules, 'silences'> {
  readonly aspects: readonly AspectHint[];
  readonly spikes: SpikeRules | null;
  readonly due: DueRules;
  readonly departments: readonly { readonly name: string; readonly aspects: readonly string[] }[];
  readonly digests: readonly { readonly name: string; readonly department?: string | undefined }[];
}

/** A config, and what is silenced under it. */
export type BacktestSide = BacktestConfig & Pick<RoutingRules, 'silences'>;

export interface BacktestDeps {
  readonly past: BacktestReadModel;
  /** What rules would have done with opinions until `to`; see `replay`. */
  readonly replay: (task: ReplayTask) => Promise<Replay>;
  /** Classifies under other aspects; it is closed after use. */
  readonly classifierFor: (aspects: readonly AspectHint[]) => Promise<Classifier>;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** To replay so many in four groups took 9 s. */
const MOST_MENTIONS = 50_000;
/** Of what is only counted, the newest. */
const MOST_CASES = 50_000;
const MOST_COMPLAINTS = 500_000;
const MOST_SAMPLES = 3;
const MOST_LISTED = 20;
const SAMPLE_LENGTH = 140;

/** What `after` in place of `before` would have done to the last `days` days until `now`. Changes nothing. */
export async function backtest(
  deps: BacktestDeps,
  { before, after, days, now }: { before: BacktestSide; after: BacktestSide; days: number; now: Date },
): Promise<Backtest> {
  const from = new Date(now.getTime() - days * DAY_MS);
  const found = await deps.past.readPast(from, MOST_MENTIONS + 1);
  const mentions = found.slice(0, MOST_MENTIONS);
  const [as, would] = await readBoth(deps, mentions, [before.aspects, after.aspects]);
  const was = await deps.replay({ opinions: sureOf(as), rules: rulesOf(before), to: now });
  const is = await deps.replay({ opinions: sureOf(would), rules: rulesOf(after), to: now });
  const names = [...new Set([...was.notifications, ...is.notifications].map(({ receiver }) => receiver))];
  const [added, gone] = differenceOf(was.notifications, is.notifications);
  return {
    from,
    to: now,
    messages: mentions.length,
    opinions: as.reduce((sum, { opinions }) => sum + opinions.length, 0),
    isPartial: found.length > MOST_MENTIONS,
    moved: movedOf(mentions, was, is),
    receivers: names.toSorted().map((receiver) => ({
      receiver,
      before: was.notifications.filter((one) => one.receiver === receiver).length,
      after: is.notifications.filter((one) => one.receiver === receiver).length,
    })),
    added,
    gone,
    muted: { before: was.muted, after: is.muted },
    spikes: await spikesOf(deps.past, [before.spikes, after.spikes], { from, to: now }),
    late: await lateOf(deps.past, [before.due, after.due], { from, to: now }),
    digests: digestsOf(before, after, as, would),
  };
}

function rulesOf({ route, timeIntervals, inhibitRules, silences }: BacktestSide): RoutingRules {
  return { route, timeIntervals, inhibitRules, silences };
}

interface Read {
  readonly mention: PastMention;
  readonly opinions: readonly PastOpinion[];
}

/**
 * As it was read, and as people corrected it, where the aspects are the same. Else both are read anew, so that what differs comes of
 * the aspects and not of an older model or of a correction.
 */
async function readBoth(
  deps: BacktestDeps,
  mentions: readonly PastMention[],
  [before, after]: readonly [readonly AspectHint[], readonly AspectHint[]],
): Promise<readonly [readonly Read[], readonly Read[]]> {
  if (!isDeepStrictEqual(before, after))
    return [await readAgain(deps, mentions, before), await readAgain(deps, mentions, after)];
  const read = mentions.map((mention) => ({ mention, opinions: opinionsOf(mention) }));
  return [read, read];
}

function opinionsOf(mention: PastMention): readonly PastOpinion[] {
  return mention.opinions.map((opinion) => pastOpinion(mention, opinion, opinion.id));
}

function pastOpinion(
  { id: mentionId, text, thread, heardAt, isHistory, closedAt, labels: shared }: PastMention,
  { aspect, polarity, intent, confidence, start, end }: Omit<PastMention['opinions'][number], 'id'>,
  id: string,
): PastOpinion {
  const labels = { ...shared, aspect, polarity, intent, text: text.slice(start, end) };
  const { key: caseKey } = caseKeyOf({ thread, text, mentionId, labels });
  return { id, mentionId, labels, confidence, heardAt, isHistory, caseKey, closedAt };
}

async function readAgain(
  { classifierFor }: BacktestDeps,
  mentions: readonly PastMention[],
  aspects: readonly AspectHint[],
): Promise<readonly Read[]> {
  const classifier = await classifierFor(aspects);
  try {
    const answers = await classifier.classify(
      mentions.map(({ text, kind, langHint }) => ({
        text,
        kind,
        ...(langHint !== null && { lang: langHint }),
      })),
    );
    return mentions.map((mention, index) => {
      const answer = answers[index];
      const opinions = answer === undefined || 'failure' in answer || answer.spam ? [] : answer.opinions;
      return {
        mention,
        opinions: opinions.map((opinion, number) => pastOpinion(mention, opinion, `${mention.id}/${number}`)),
      };
    });
  } finally {
    await classifier.close();
  }
}

function sureOf(read: readonly Read[]): readonly PastOpinion[] {
  return read.flatMap(({ opinions }) => opinions.filter(({ confidence }) => confidence >= SURE_ENOUGH));
}

function movedOf(mentions: readonly PastMention[], was: Replay, is: Replay): Backtest['moved'] {
  const moves = new Map<
    string,
    { from: readonly string[]; to: readonly string[]; mentions: PastMention[] }
  >();
  for (const mention of mentions) {
    const from = was.owners.get(mention.id) ?? [];
    const to = is.owners.get(mention.id) ?? [];
    const key = JSON.stringify([from, to]);
    if (isDeepStrictEqual(from, to)) continue;
    const move = moves.get(key) ?? { from, to, mentions: [] };
    move.mentions.push(mention);
    moves.set(key, move);
  }
  return [...moves.values()]
    .toSorted((a, b) => b.mentions.length - a.mentions.length)
    .map(({ from, to, mentions: all }) => ({
      from,
      to,
      messages: all.length,
      samples: all.slice(0, MOST_SAMPLES).map(({ id, text }) => ({
        mentionId: id,
        text: Array.from(text).slice(0, SAMPLE_LENGTH).join(''),
      })),
    }));
}

/** Those that only the second has and those that only the first has, newest first. */
function differenceOf(
  was: readonly PastNotification[],
  is: readonly PastNotification[],
): readonly [readonly PastNotification[], readonly PastNotification[]] {
  const keyOf = ({ at, receiver, department, reason, opinions }: PastNotification): string =>
    JSON.stringify([at, receiver, department, reason, opinions]);
  const without = (
    all: readonly PastNotification[],
    others: readonly PastNotification[],
  ): PastNotification[] => {
    const left = new Map<string, number>();
    for (const one of others) left.set(keyOf(one), (left.get(keyOf(one)) ?? 0) + 1);
    return all.filter((one) => {
      const count = left.get(keyOf(one)) ?? 0;
      left.set(keyOf(one), count - 1);
      return count <= 0;
    });
  };
  return [
    without(is, was).toReversed().slice(0, MOST_LISTED),
    without(was, is).toReversed().slice(0, MOST_LISTED),
  ];
}

interface Days {
  readonly from: Date;
  readonly to: Date;
}

/** Of whole aspects; rules that are alike find the same. */
async function spikesOf(
  past: BacktestReadModel,
  [before, after]: readonly [SpikeRules | null, SpikeRules | null],
  { from, to }: Days,
): Promise<Backtest['spikes']> {
  if (isDeepStrictEqual(before, after)) return { added: [], gone: [] };
  const { complaints, heardSince } = await past.readComplaints(
    new Date(from.getTime() - SPIKE_MEMORY_MS),
    MOST_COMPLAINTS,
  );
  const find = (rules: SpikeRules | null): readonly PastSpike[] =>
    rules === null || heardSince === null ? [] : replaySpikes(complaints, rules, { heardSince, from, to });
  const [was, is] = [find(before), find(after)];
  const without = (all: readonly PastSpike[], others: readonly PastSpike[]): readonly PastSpike[] =>
    all
      .filter((one) => !others.some((other) => isDeepStrictEqual(one, other)))
      .toReversed()
      .slice(0, MOST_LISTED);
  return { added: without(is, was), gone: without(was, is) };
}

async function lateOf(
  past: BacktestReadModel,
  [before, after]: readonly [DueRules, DueRules],
  { from, to }: Days,
): Promise<Backtest['late']> {
  const cases = await past.readCases(from, MOST_CASES);
  const count = (rules: DueRules): number => {
    const dueTime = createDueTime(rules);
    return cases.filter(({ openedAt, closedAt, urgency }) => {
      const due = dueTime(urgency, openedAt);
      return due !== null && due < (closedAt ?? to);
    }).length;
  };
  return { before: count(before), after: count(after) };
}

function digestsOf(
  before: BacktestSide,
  after: BacktestSide,
  as: readonly Read[],
  would: readonly Read[],
): Backtest['digests'] {
  const was = countsOf(before, as);
  const is = countsOf(after, would);
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((key) => {
    const [digest = '', aspect = ''] = JSON.parse(key) as string[];
    const counts = { before: was.get(key) ?? 0, after: is.get(key) ?? 0 };
    return counts.before === counts.after ? [] : [{ digest, aspect, ...counts }];
  });
}

/** Messages by digest and aspect. */
function countsOf(
  { digests, departments, aspects }: BacktestSide,
  read: readonly Read[],
): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { name, department } of digests) {
    const own = departments.find((one) => one.name === department)?.aspects;
    const counted = new Set<string>(own ?? aspects.map(({ aspect }) => aspect));
    for (const { opinions } of read)
      for (const aspect of new Set(opinions.map(({ labels }) => labels.aspect))) {
        if (!counted.has(aspect)) continue;
        const key = JSON.stringify([name, aspect]);
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
  }
  return counts;
}
