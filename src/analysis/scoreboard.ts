import type { Classification } from '../domain/opinion.ts';
import type { Polarity } from '../domain/words.ts';

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

interface FamilyTally {
  texts: number;
  exact: number;
  readonly labels: Map<string, Tally>;
}

/** Compares answers with labels, text by text, and sums up precision, recall and F1. */
export class Scoreboard {
  readonly #families = new Map<Family, FamilyTally>();

  add(labels: Labels, answer: Classification): void {
    if (labels.aspects !== undefined) this.#addAspects(labels.aspects, answer);
    if (labels.polarity !== undefined) this.#count('polarity', [labels.polarity], [answer.polarity]);
    if (labels.intents !== undefined)
      this.#count(
        'intents',
        labels.intents,
        answer.intents.map(({ intent }) => intent),
      );
    if (labels.spam !== undefined)
      this.#count('spam', labels.spam ? ['spam'] : [], answer.spam ? ['spam'] : []);
  }

  /** Null where no text was labelled. */
  score(family: Family): FamilyScore | null {
    const tally = this.#families.get(family);
    return tally === undefined ? null : scoreFamily(tally);
  }

  #addAspects(labelled: NonNullable<Labels['aspects']>, answer: Classification): void {
    const polarities = aspectPolarities(answer);
    this.#count(
      'aspects',
      labelled.map(({ aspect }) => aspect),
      [...polarities.keys()],
    );
    if (!labelled.every(({ polarity }) => polarity !== undefined)) return;
    const pairs = labelled.map(({ aspect, polarity }) => `${aspect}:${polarity}`);
    this.#count(
      'aspect_polarity',
      pairs,
      Array.from(polarities, ([aspect, polarity]) => `${aspect}:${polarity}`),
    );
  }

  #count(family: Family, wanted: readonly string[], given: readonly string[]): void {
    const tally = this.#families.get(family) ?? { texts: 0, exact: 0, labels: new Map<string, Tally>() };
    this.#families.set(family, tally);
    const [want, got] = [new Set(wanted), new Set(given)];
    tally.texts += 1;
    let isExact = true;
    for (const label of new Set([...want, ...got])) {
      const counts = tally.labels.get(label) ?? { hit: 0, extra: 0, missed: 0 };
      tally.labels.set(label, counts);
      if (want.has(label) && got.has(label)) counts.hit += 1;
      else {
        isExact = false;
        if (got.has(label)) counts.extra += 1;
        else counts.missed += 1;
      }
    }
    if (isExact) tally.exact += 1;
  }
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

function scoreFamily({ texts, exact, labels }: FamilyTally): FamilyScore {
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
