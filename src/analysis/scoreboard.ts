import type { Classification } from '../domain/opinion.ts';
import type { Polarity } from '../domain/words.ts';
import { bootstrap } from './bootstrap.ts';

/** What a text was labelled with; a missing key is unlabelled, `[]` means none. */
export interface Labels {
  readonly aspects?:
    | readonly { readonly aspect: string; readonly polarity?: Polarity | undefined }[]
    | undefined;
  readonly polarity?: Polarity | undefined;
  readonly intents?: readonly string[] | undefined;
  readonly spam?: boolean | undefined;
}

export interface LabelScore {
  readonly label: string;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Texts labelled with it. */
  readonly support: number;
}

/** One kind of label, counted per text. */
export interface FamilyScore {
  /** Texts that were labelled for it. */
  readonly texts: number;
  readonly labels: readonly LabelScore[];
  /** Means over the labels that occur in the file. */
  readonly macro_f1: number;
  readonly macro_recall: number;
  /** Over all labels, those that never occur included. */
  readonly micro_f1: number;
  /** Share of texts whose labels are exactly right. */
  readonly exact: number;
}

export const FAMILIES = ['aspects', 'aspect_polarity', 'polarity', 'intents', 'spam'] as const;
export type Family = (typeof FAMILIES)[number];

interface Tally {
  hit: number;
  extra: number;
  missed: number;
}

interface Outcome {
  readonly want: ReadonlySet<string>;
  readonly got: ReadonlySet<string>;
}

/** Compares answers with labels, text by text, and sums up precision, recall and F1. */
export class Scoreboard {
  readonly #families = new Map<Family, Outcome[]>();

  add(labels: Labels, answer: Classification): void {
    this.addLabels(labels, {
      aspects: Array.from(aspectPolarities(answer), ([aspect, polarity]) => ({ aspect, polarity })),
      polarity: answer.polarity,
      intents: answer.intents.map(({ intent }) => intent),
      spam: answer.spam,
    });
  }

  /** The same for anything that labels texts; families it does not answer are not counted. */
  addLabels(labels: Labels, given: Labels): void {
    if (labels.aspects !== undefined && given.aspects !== undefined)
      this.#addAspects(labels.aspects, given.aspects);
    if (labels.polarity !== undefined && given.polarity !== undefined)
      this.#count('polarity', [labels.polarity], [given.polarity]);
    if (labels.intents !== undefined && given.intents !== undefined)
      this.#count('intents', labels.intents, given.intents);
    if (labels.spam !== undefined && given.spam !== undefined)
      this.#count('spam', labels.spam ? ['spam'] : [], given.spam ? ['spam'] : []);
  }

  /** Null where no text was labelled. */
  score(family: Family): FamilyScore | null {
    const outcomes = this.#families.get(family);
    return outcomes === undefined ? null : scoreFamily(outcomes);
  }

  /**
   * 95 % interval of the macro-F1 by bootstrap (Efron 1979): the texts are drawn again with replacement 200 times, by chance
   * that is the same in every run. Null where no text was labelled.
   */
  interval(family: Family): readonly [low: number, high: number] | null {
    const outcomes = this.#families.get(family);
    return outcomes === undefined ? null : bootstrap(outcomes, (drawn) => scoreFamily(drawn).macro_f1);
  }

  #addAspects(labelled: NonNullable<Labels['aspects']>, given: NonNullable<Labels['aspects']>): void {
    this.#count('aspects', labelled.map(nameOf), given.map(nameOf));
    if (labelled.every(({ polarity }) => polarity !== undefined))
      this.#count('aspect_polarity', labelled.map(pairOf), given.map(pairOf));
  }

  #count(family: Family, wanted: readonly string[], given: readonly string[]): void {
    const outcomes = this.#families.get(family) ?? [];
    this.#families.set(family, outcomes);
    outcomes.push({ want: new Set(wanted), got: new Set(given) });
  }
}

function nameOf({ aspect }: { readonly aspect: string }): string {
  return aspect;
}

function pairOf({
  aspect,
  polarity,
}: {
  readonly aspect: string;
  readonly polarity?: Polarity | undefined;
}): string {
  return `${aspect}:${polarity}`;
}

/** An aspect's polarity in one text is the sign of the sum of its opinions' scores; `other` is left out. */
function aspectPolarities({ opinions }: Classification): Map<string, Polarity> {
  const sums = new Map<string, number>();
  for (const { aspect, score } of opinions)
    if (aspect !== 'other') sums.set(aspect, (sums.get(aspect) ?? 0) + score);
  return new Map(
    Array.from(sums, ([aspect, sum]) => [aspect, sum > 0 ? 'positive' : sum < 0 ? 'negative' : 'neutral']),
  );
}

function scoreFamily(outcomes: readonly Outcome[]): FamilyScore {
  const labels = new Map<string, Tally>();
  let exact = 0;
  for (const { want, got } of outcomes) {
    let isExact = true;
    for (const label of new Set([...want, ...got])) {
      const counts = labels.get(label) ?? { hit: 0, extra: 0, missed: 0 };
      labels.set(label, counts);
      if (want.has(label) && got.has(label)) counts.hit += 1;
      else {
        isExact = false;
        if (got.has(label)) counts.extra += 1;
        else counts.missed += 1;
      }
    }
    if (isExact) exact += 1;
  }
  const texts = outcomes.length;
  const total: Tally = { hit: 0, extra: 0, missed: 0 };
  const scores: LabelScore[] = [];
  for (const [label, tally] of [...labels].toSorted(([a], [b]) => a.localeCompare(b))) {
    total.hit += tally.hit;
    total.extra += tally.extra;
    total.missed += tally.missed;
    scores.push({ label, ...ratios(tally), support: tally.hit + tally.missed });
  }
  const occurring = scores.filter(({ support }) => support > 0);
  return {
    texts,
    labels: scores,
    macro_f1: mean(occurring.map(({ f1 }) => f1)),
    macro_recall: mean(occurring.map(({ recall }) => recall)),
    micro_f1: ratios(total).f1,
    exact: texts === 0 ? 0 : exact / texts,
  };
}

function ratios({ hit, extra, missed }: Tally): { precision: number; recall: number; f1: number } {
  return {
    precision: ratio(hit, hit + extra),
    recall: ratio(hit, hit + missed),
    f1: ratio(2 * hit, 2 * hit + extra + missed),
  };
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function mean(values: readonly number[]): number {
  return ratio(
    values.reduce((sum, value) => sum + value, 0),
    values.length,
  );
}
