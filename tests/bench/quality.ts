import { existsSync, readFileSync } from 'node:fs';
import { bootstrap } from '../../src/analysis/bootstrap.ts';
import { createEngine, type Engine, shippedParts } from '../../src/analysis/engine.ts';
import { createEvidenceReader } from '../../src/analysis/evidence.ts';
import { type Family, type FamilyScore, type Labels, Scoreboard } from '../../src/analysis/scoreboard.ts';
import type { LabelledText } from '../../src/analysis/training/labelled-text.ts';
import { readSets } from '../../src/analysis/training/read-sets.ts';
import { labelledLine } from '../../src/analysis/training/sets.ts';
import { type Part, partOf } from '../../src/analysis/training/split.ts';
import { calibrate, makeExamples, trainWeights } from '../../src/analysis/training/train-model.ts';
import { CORPUS_FOLDER } from '../../src/cli/corpus-folder.ts';
import { LABELLED_SETS } from '../support/shared-data.ts';
import { QUALITY_SETS, type QualitySet } from './quality-sets.ts';

interface QualityFigures {
  readonly bench: 'quality';
  /** Of the first figure of each set, in percent. */
  readonly figures: Readonly<Record<string, number>>;
}

type Text = Pick<LabelledText, 'text' | 'kind'> & Labels;

/** Prints the model card's tables: the public sets with the shipped model, and how often an opinion is right, by how sure it is. */
export async function benchQuality(): Promise<QualityFigures> {
  const shipped = createEngine([], shippedParts());
  const figures: Record<string, number> = {};
  print(
    'set',
    'texts',
    'aspects, macro-F1',
    'F1 of each (texts)',
    'aspect with polarity, micro-F1',
    'polarity, macro-recall',
    'polarity right',
  );
  for (const set of QUALITY_SETS.filter(({ of }) => !of.includes('intents'))) {
    const cells = rowOf(set, shipped);
    print(...cells);
    figures[set.name] = Number.parseFloat(cells.slice(2).find((cell) => cell !== '') ?? '0');
  }
  print('\nset', 'texts', 'intent', 'precision', 'recall', 'F1', 'macro-F1 with the rest');
  for (const set of QUALITY_SETS.filter(({ of }) => of.includes('intents'))) {
    const cells = intentRow(set, shipped);
    print(...cells);
    figures[set.name] = Number.parseFloat(cells.at(-1) ?? '0');
  }
  print(
    '\ntexts',
    '0.40 and up: opinions',
    'aspect right',
    'both right',
    'below 0.40: opinions',
    'aspect right',
    'both right',
  );
  for (const [name, engine, texts] of await sureTexts(shipped)) print(name, ...sureRow(engine, texts));
  return { bench: 'quality', figures };
}

function print(...cells: readonly string[]): void {
  process.stdout.write(
    `${cells[0]?.startsWith('\n') === true ? '\n' : ''}| ${cells.map((cell) => cell.trim()).join(' | ')} |\n`,
  );
}

function textsOf({ file, lines, of, agreed }: QualitySet): Text[] {
  const path = `${LABELLED_SETS}/${file}.jsonl`;
  if (!existsSync(path)) throw new Error(`This bench reads ${path}, which is not there`);
  const all = readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .slice(...(lines ?? []))
    .map((line) => JSON.parse(line) as { readonly rconf?: number })
    .filter(({ rconf = 1 }) => agreed === undefined || rconf >= agreed)
    .map((line) => labelledLine.parse(line))
    .filter((line) => of.every((family) => line[family] !== undefined));
  return all.map(({ text, ...labels }) => ({
    text,
    ...(of.includes('aspects') ? { aspects: labels.aspects } : {}),
    ...(of.includes('polarity') ? { polarity: labels.polarity } : {}),
    ...(of.includes('intents') ? { intents: labels.intents } : {}),
  }));
}

interface Answered {
  readonly labels: Labels;
  readonly answer: ReturnType<Engine['analyse']>;
}

function answersTo(engine: Engine, texts: readonly Text[]): Answered[] {
  return texts.map(({ text, kind, ...labels }) => ({
    labels,
    answer: engine.analyse({ text, ...(kind === undefined ? {} : { kind }) }),
  }));
}

function scoreOf(answered: readonly Answered[], family: Family): FamilyScore | null {
  const board = new Scoreboard();
  for (const { labels, answer } of answered) board.add(labels, answer);
  return board.score(family);
}

function rowOf(set: QualitySet, engine: Engine): string[] {
  const answered = answersTo(engine, textsOf(set));
  const figure = (family: Family, of: (score: FamilyScore) => number): string => {
    const score = scoreOf(answered, family);
    if (score === null) return '';
    const [low, high] = bootstrap(answered, (drawn) => {
      const drawnScore = scoreOf(drawn, family);
      return drawnScore === null ? 0 : of(drawnScore);
    });
    return `${percent(of(score), 1)} (${percent(low, 0)} to ${percent(high, 0)})`;
  };
  const each = (scoreOf(answered, 'aspects')?.labels ?? [])
    .filter(({ support }) => support > 0)
    .map(({ label, f1, support }) => `${label} ${percent(f1, 0)} (${support})`);
  return [
    set.name,
    String(answered.length),
    figure('aspects', ({ macro_f1 }) => macro_f1),
    each.join(', '),
    figure('aspect_polarity', ({ micro_f1 }) => micro_f1),
    figure('polarity', ({ macro_recall }) => macro_recall),
    figure('polarity', ({ exact }) => exact),
  ];
}

/** An intent of a set that is labelled for one alone, against all that does not have it. */
function intentRow(set: QualitySet, engine: Engine): string[] {
  const answered = answersTo(engine, textsOf(set));
  const intent = answered.flatMap(({ labels }) => labels.intents ?? [])[0] ?? '';
  const tallyOf = (drawn: readonly Answered[]) => {
    let [hit, given, wanted] = [0, 0, 0];
    for (const { labels, answer } of drawn) {
      const isWanted = labels.intents?.includes(intent) === true;
      const isGiven = answer.intents.some((one) => one.intent === intent);
      if (isWanted) wanted += 1;
      if (isGiven) given += 1;
      if (isWanted && isGiven) hit += 1;
    }
    const f1 = (2 * hit) / Math.max(1, given + wanted);
    const others = drawn.length - given - wanted + hit;
    const rest = (2 * others) / Math.max(1, 2 * drawn.length - given - wanted);
    return {
      precision: hit / Math.max(1, given),
      recall: hit / Math.max(1, wanted),
      f1,
      macro: (f1 + rest) / 2,
    };
  };
  const { precision, recall } = tallyOf(answered);
  const figure = (of: 'f1' | 'macro'): string => {
    const [low, high] = bootstrap(answered, (drawn) => tallyOf(drawn)[of]);
    return `${percent(tallyOf(answered)[of], 1)} (${percent(low, 0)} to ${percent(high, 0)})`;
  };
  return [
    set.name,
    String(answered.length),
    intent,
    percent(precision, 1),
    percent(recall, 1),
    figure('f1'),
    figure('macro'),
  ];
}

/** Texts whose opinions are counted by how sure they are; those of the corpus are read by a model that has not seen them. */
async function sureTexts(shipped: Engine): Promise<[string, Engine, readonly Text[]][]> {
  const sets = [...(await readSets(CORPUS_FOLDER)), ...(await readSets(`${LABELLED_SETS}/../permissive`))];
  const texts = sets.flatMap((set) => set.texts);
  const partsOf = (part: Part): readonly LabelledText[] => texts.filter((one) => partOf(one) === part);
  const settings = { read: createEvidenceReader([]), vectors: shippedParts().vectors, seed: 1 };
  const weights = trainWeights(makeExamples(partsOf('train'), settings), settings);
  const blind = createEngine([], {
    model: { version: 'blind', ...calibrate(weights, partsOf('dev'), settings) },
    vectors: settings.vectors,
  });
  const unseen = partsOf('test').filter(
    ({ aspects, spam, ours }) => aspects !== undefined && spam !== true && ours !== true,
  );
  const own = (['post', 'mail', 'review'] as const).map((kind): [string, Engine, readonly Text[]] => [
    `own corpus, industries not shown: ${kind}s`,
    blind,
    unseen.filter((one) => one.kind === kind),
  ]);
  const named = (...names: readonly string[]): readonly Text[] =>
    QUALITY_SETS.filter(({ name }) => names.includes(name)).flatMap(textsOf);
  return [
    ...own,
    [
      'public reviews',
      shipped,
      named('restaurant reviews', 'restaurant reviews, another set', 'stays', 'laptop reviews'),
    ],
    ['airline tweets', shipped, named('airline tweets, stated reasons')],
    ['laptop reviews, de', shipped, named('laptop reviews, de (translated)')],
  ];
}

/** From here on an opinion is routed. */
const SURE = 0.4;

function sureRow(engine: Engine, texts: readonly Text[]): string[] {
  const counts = [true, false].map(() => ({ given: 0, aspect: 0, both: 0 }));
  for (const { labels, answer } of answersTo(engine, texts)) {
    for (const { aspect, polarity, confidence } of answer.opinions) {
      const count = counts[confidence >= SURE ? 0 : 1];
      if (count === undefined || aspect === 'other') continue;
      const label = labels.aspects?.find((one) => one.aspect === aspect);
      count.given += 1;
      if (label !== undefined) count.aspect += 1;
      if (label?.polarity === polarity) count.both += 1;
    }
  }
  return counts.flatMap(({ given, aspect, both }) => [
    given.toLocaleString('en'),
    percent(aspect / Math.max(1, given), 0),
    percent(both / Math.max(1, given), 0),
  ]);
}

function percent(share: number, digits: number): string {
  return (100 * share).toFixed(digits);
}
