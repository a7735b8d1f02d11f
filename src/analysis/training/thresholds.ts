import {
  BUILT_IN_ASPECTS,
  CHANNEL_KINDS,
  type ChannelKind,
  INTENTS,
  type Intent,
} from '../../domain/words.ts';
import type { Verdict } from '../heads/judge.ts';
import type { Thresholds } from '../model/model-files.ts';
import type { LabelledText } from './labelled-text.ts';

export interface Judged {
  readonly labelled: LabelledText;
  readonly kind: ChannelKind;
  readonly verdict: Verdict;
}

const LOWEST = 0.1;
const HIGHEST = 0.6;
const STEP = 0.02;
/** With fewer texts that hold a label a threshold would be chance: that of all kinds is taken. */
const ENOUGH = 25;
/** Share of an even chance in the thresholds: our texts hold more labels each, aspects above all, than most that will be read. */
const CAUTION = { aspects: 0.5, intents: 0.2 } as const;
/** Who may buy or leave is rather heard once too often: half of the lowest chance in their thresholds instead. */
const EAGER: ReadonlySet<string> = new Set<Intent>(['purchase', 'churn']);
const EAGERNESS = 0.5;
/** A customer taken for an advertiser would not be heard; what is likelier than not an advertisement is one. */
const SPAM_LIMITS = [0.35, 0.5] as const;

/** From which chance on each label is given: what gives the best F1 on texts that were not learned from. */
export function fitThresholds(all: readonly Judged[]): Thresholds {
  const perKind = (
    caution: number,
    labels: readonly string[],
    has: (one: Judged, label: string) => boolean | undefined,
    chance: (one: Judged, at: number) => number,
  ) => {
    const pick = (of: readonly Judged[]): number[] | undefined =>
      labels.map((label, at) => best(of.map((one) => ({ chance: chance(one, at), holds: has(one, label) }))));
    const general = pick(all) ?? [];
    const result = (kind: ChannelKind): number[] =>
      labels.map((label, at) => {
        const some = all.filter((one) => one.kind === kind && has(one, label) !== undefined);
        const holding = some.filter((one) => has(one, label) === true).length;
        const own = best(some.map((one) => ({ chance: chance(one, at), holds: has(one, label) })));
        const shared = general[at] ?? 0.5;
        const fitted = holding < ENOUGH ? shared : (own + shared) / 2;
        return EAGER.has(label)
          ? round(fitted * (1 - EAGERNESS) + LOWEST * EAGERNESS)
          : round(fitted * (1 - caution) + 0.5 * caution);
      });
    return Object.fromEntries(CHANNEL_KINDS.map((kind) => [kind, result(kind)])) as Record<
      ChannelKind,
      number[]
    >;
  };
  return {
    aspects: perKind(
      CAUTION.aspects,
      BUILT_IN_ASPECTS,
      hasAspect,
      ({ verdict }, at) => verdict.aspects[at] ?? 0,
    ),
    intents: perKind(CAUTION.intents, INTENTS, hasIntent, ({ verdict }, at) => verdict.intents[at] ?? 0),
    spam: Math.min(
      SPAM_LIMITS[1],
      Math.max(
        SPAM_LIMITS[0],
        best(all.map(({ labelled, verdict }) => ({ chance: verdict.spam, holds: labelled.spam }))),
      ),
    ),
    // A customer taken for the company would not be heard.
    ours: Math.max(
      0.5,
      best(all.map(({ labelled, verdict }) => ({ chance: verdict.ours, holds: labelled.ours }))),
    ),
    urgency: [1, 2, 3].map((level) =>
      best(
        all.map(({ labelled: { urgency }, verdict }) => ({
          chance: verdict.urgency[level - 1] ?? 0,
          holds: urgency === undefined ? undefined : urgency >= level,
        })),
      ),
    ),
  };
}

function hasAspect({ labelled: { aspects, aspectsTold } }: Judged, aspect: string): boolean | undefined {
  if (aspects === undefined || (aspectsTold !== undefined && !aspectsTold.includes(aspect))) return undefined;
  return aspects.some((one) => one.aspect === aspect);
}

function hasIntent({ labelled: { intents, intentsTold } }: Judged, intent: string): boolean | undefined {
  if (
    intents === undefined ||
    (intentsTold !== undefined && !(intentsTold as readonly string[]).includes(intent))
  )
    return undefined;
  return intents.includes(intent);
}

function best(all: readonly { readonly chance: number; readonly holds: boolean | undefined }[]): number {
  const known = all.filter(({ holds }) => holds !== undefined);
  let [threshold, most] = [0.5, -1];
  for (let at = LOWEST; at <= HIGHEST + 1e-9; at += STEP) {
    const hit = known.filter(({ chance, holds }) => chance >= at && holds === true).length;
    const given = known.filter(({ chance }) => chance >= at).length;
    const wanted = known.filter(({ holds }) => holds === true).length;
    const f1 = hit === 0 ? 0 : (2 * hit) / (given + wanted);
    if (f1 > most + 1e-9) [threshold, most] = [at, f1];
  }
  return round(threshold);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
