import { z } from 'zod';
import type { Baseline } from '../analysis/baselines/baseline.ts';
import { createBayes } from '../analysis/baselines/bayes.ts';
import { createKeyword } from '../analysis/baselines/keyword.ts';
import { createMajority } from '../analysis/baselines/majority.ts';
import { createVader } from '../analysis/baselines/vader.ts';
import { type Family, type FamilyScore, Scoreboard } from '../analysis/scoreboard.ts';
import { readSets } from '../analysis/training/read-sets.ts';
import type { Classifier } from '../domain/ports/classifier.ts';
import { POLARITIES } from '../domain/words.ts';
import { AppError } from '../lib/app-error.ts';
import { CORPUS_FOLDER } from './corpus-folder.ts';
import { type NamedBoard, renderComparison, renderScores } from './score-table.ts';
import { createProgress, type Terminal } from './terminal.ts';
import { openClassifier, openInput, readRows } from './text-input.ts';

const labelledLine = z.object({
  text: z.string(),
  aspects: z.array(z.object({ aspect: z.string(), polarity: z.enum(POLARITIES).optional() })).optional(),
  polarity: z.enum(POLARITIES).optional(),
  intents: z.array(z.string()).optional(),
  spam: z.boolean().optional(),
});
type LabelledLine = z.infer<typeof labelledLine>;

interface EvaluateFlags {
  readonly json?: boolean | undefined;
}

type Families<Value> = Readonly<Record<Family, Value | null>>;

interface BaselineScore {
  readonly macro_f1: number;
  /** 95 % by bootstrap over texts. */
  readonly interval: readonly [low: number, high: number];
  readonly micro_f1: number;
  readonly exact: number;
  readonly texts: number;
}

interface Report extends Families<FamilyScore> {
  readonly model: string;
  readonly texts: number;
  readonly errors: number;
  /** From the first answer asked for to the last; loading the model is not counted. */
  readonly seconds: number;
  readonly texts_per_s: number;
  /** Ours first, then what is simpler, by name. */
  readonly compared: Readonly<Record<string, Families<BaselineScore>>>;
}

/** natural's Bayes reads a few hundred texts a second, so of a large file it reads so many, evenly spread. */
const BAYES_READS = 600;

/**
 * `earshot evaluate FILE`: measures the analysis against labelled texts, beside the commonest label, our word lists alone,
 * natural's Bayes and VADER. Exit 1 when a line could not be read or classified.
 */
export async function evaluateCommand(
  path: string,
  flags: EvaluateFlags,
  terminal: Terminal,
): Promise<number> {
  const input = await openInput(path, terminal.stdin);
  const classifier = openClassifier();
  const progress = createProgress(terminal);
  const board = new Scoreboard();
  const labelled: LabelledLine[] = [];
  let [errors, seconds] = [0, 0];
  const complain = (error: string): void => {
    errors += 1;
    terminal.stderr.write(`earshot evaluate: ${error}\n`);
  };
  try {
    await warm(classifier);
    for await (const rows of readRows(
      input,
      labelledLine,
      '{"text": "…", "aspects": [{"aspect", "polarity"}], …}',
    )) {
      const readable = rows.flatMap((row) => ('value' in row ? [row.value] : []));
      for (const row of rows) if ('error' in row) complain(row.error);
      const started = performance.now();
      const answers = await classifier.classify(readable.map(({ text }) => ({ text })));
      seconds += (performance.now() - started) / 1000;
      for (const [at, answer] of answers.entries()) {
        const labels = readable[at];
        if (labels === undefined) continue;
        if ('failure' in answer) {
          complain(answer.failure);
          continue;
        }
        labelled.push(labels);
        board.add(labels, answer);
      }
      progress.show(`${labelled.length} texts read`);
    }
  } finally {
    await classifier.close();
  }
  if (labelled.length === 0) throw new AppError('invalid-input', `${path}: holds no text that can be read`);
  const boards = [{ name: 'earshot', board }, ...(await measureBaselines(labelled, progress.show))];
  const report = createReport(boards, {
    model: classifier.modelVersion,
    texts: labelled.length,
    errors,
    seconds,
  });
  progress.done(`${labelled.length} texts read`);
  terminal.stdout.write(
    flags.json
      ? `${JSON.stringify(report)}\n`
      : `${report.texts} texts, ${errors} errors, ${report.texts_per_s} texts/s, model ${report.model}\n${renderScores(board)}${renderComparison(boards)}`,
  );
  return errors === 0 ? 0 : 1;
}

/** Enough texts for every thread to get some, so that loading the model is not counted. */
async function warm(classifier: Classifier): Promise<void> {
  await classifier.classify(Array.from({ length: 512 }, () => ({ text: 'Good.', lang: 'en' })));
}

async function measureBaselines(
  labelled: readonly LabelledLine[],
  show: (line: string) => void,
): Promise<NamedBoard[]> {
  const corpus = (await readSets(CORPUS_FOLDER)).flatMap(({ texts }) => texts);
  const step = Math.ceil(labelled.length / BAYES_READS);
  const some = labelled.filter((_, at) => at % step === 0);
  const runs: readonly (readonly [Baseline, readonly LabelledLine[]])[] = [
    [createMajority(labelled), labelled],
    [createKeyword(), labelled],
    [createBayes(corpus), some],
    [createVader(), labelled],
  ];
  return runs.map(([baseline, lines]) => {
    show(`measuring ${baseline.name}`);
    const board = new Scoreboard();
    for (const line of lines) board.addLabels(line, baseline.label(line.text, line));
    return { name: baseline.name, board };
  });
}

function createReport(
  boards: readonly NamedBoard[],
  run: { model: string; texts: number; errors: number; seconds: number },
): Report {
  const [ours] = boards;
  return {
    ...run,
    texts_per_s: run.seconds === 0 ? 0 : Math.round(run.texts / run.seconds),
    ...overFamilies((family) => ours?.board.score(family) ?? null),
    compared: Object.fromEntries(
      boards.map(({ name, board }) => [
        name,
        overFamilies((family) => {
          const [score, interval] = [board.score(family), board.interval(family)];
          if (score === null || interval === null) return null;
          const { macro_f1, micro_f1, exact, texts } = score;
          return { macro_f1, interval, micro_f1, exact, texts };
        }),
      ]),
    ),
  };
}

function overFamilies<Value>(value: (family: Family) => Value | null): Families<Value> {
  return {
    aspects: value('aspects'),
    aspect_polarity: value('aspect_polarity'),
    polarity: value('polarity'),
    intents: value('intents'),
    spam: value('spam'),
  };
}
