import { z } from 'zod';
import { FAMILIES, type FamilyScore, Scoreboard } from '../analysis/scoreboard.ts';
import type { Classifier } from '../domain/ports/classifier.ts';
import { POLARITIES } from '../domain/words.ts';
import { AppError } from '../lib/app-error.ts';
import { createProgress, type Terminal } from './terminal.ts';
import { openClassifier, openInput, readRows } from './text-input.ts';

const labelledLine = z.object({
  text: z.string(),
  aspects: z.array(z.object({ aspect: z.string(), polarity: z.enum(POLARITIES).optional() })).optional(),
  polarity: z.enum(POLARITIES).optional(),
  intents: z.array(z.string()).optional(),
  spam: z.boolean().optional(),
});

interface EvaluateFlags {
  readonly json?: boolean | undefined;
}

interface Report extends Readonly<Record<(typeof FAMILIES)[number], FamilyScore | null>> {
  readonly model: string;
  readonly texts: number;
  readonly errors: number;
  /** From the first answer asked for to the last; loading the words is not counted. */
  readonly seconds: number;
  readonly texts_per_s: number;
}

/** `earshot evaluate FILE`: measures the analysis against labelled texts. Exit 1 when a line could not be read or classified. */
export async function evaluateCommand(
  path: string,
  flags: EvaluateFlags,
  terminal: Terminal,
): Promise<number> {
  const input = await openInput(path, terminal.stdin);
  const classifier = openClassifier();
  const progress = createProgress(terminal);
  const board = new Scoreboard();
  let [texts, errors, seconds] = [0, 0, 0];
  try {
    await warm(classifier);
    for await (const rows of readRows(
      input,
      labelledLine,
      '{"text": "…", "aspects": [{"aspect", "polarity"}], …}',
    )) {
      const readable = rows.flatMap((row) => ('value' in row ? [row.value] : []));
      for (const row of rows) {
        if ('value' in row) continue;
        errors += 1;
        terminal.stderr.write(`earshot evaluate: ${row.error}\n`);
      }
      const started = performance.now();
      const answers = await classifier.classify(readable.map(({ text }) => ({ text })));
      seconds += (performance.now() - started) / 1000;
      for (const [at, answer] of answers.entries()) {
        const labels = readable[at];
        if (labels === undefined) continue;
        if ('failure' in answer) {
          errors += 1;
          terminal.stderr.write(`earshot evaluate: ${answer.failure}\n`);
          continue;
        }
        texts += 1;
        board.add(labels, answer);
      }
      progress.show(`${texts} texts read`);
    }
  } finally {
    await classifier.close();
  }
  if (texts === 0) throw new AppError('invalid-input', `${path}: holds no text that can be read`);
  const report = createReport(board, { model: classifier.modelVersion, texts, errors, seconds });
  progress.done(`${texts} texts read`);
  terminal.stdout.write(flags.json ? `${JSON.stringify(report)}\n` : renderReport(report));
  return errors === 0 ? 0 : 1;
}

/** Enough texts for every thread to get some, so that loading the words is not counted. */
async function warm(classifier: Classifier): Promise<void> {
  await classifier.classify(Array.from({ length: 512 }, () => ({ text: 'Good.', lang: 'en' })));
}

function createReport(
  board: Scoreboard,
  run: { model: string; texts: number; errors: number; seconds: number },
): Report {
  const families = Object.fromEntries(FAMILIES.map((family) => [family, board.score(family)]));
  return {
    ...run,
    texts_per_s: run.seconds === 0 ? 0 : Math.round(run.texts / run.seconds),
    ...(families as Record<(typeof FAMILIES)[number], FamilyScore | null>),
  };
}

function renderReport(report: Report): string {
  const rows = [
    `${report.texts} texts, ${report.errors} errors, ${report.texts_per_s} texts/s, model ${report.model}`,
  ];
  for (const family of FAMILIES) {
    const score = report[family];
    if (score === null) continue;
    rows.push(
      '',
      `${family.replace('_', ' ').padEnd(22)}${'precision'.padStart(10)}${'recall'.padStart(10)}${'F1'.padStart(10)}${'texts'.padStart(10)}`,
    );
    for (const { label, precision, recall, f1, support } of score.labels) {
      rows.push(
        `  ${label.padEnd(20)}${[precision, recall, f1].map(percent).join('')}${String(support).padStart(10)}`,
      );
    }
    rows.push(
      `  ${'macro-F1'.padEnd(40)}${percent(score.macro_f1)}${String(score.texts).padStart(10)}`,
      `  micro-F1 ${percent(score.micro_f1).trim()}, macro-recall ${percent(score.macro_recall).trim()}, exactly right ${percent(score.exact).trim()}`,
    );
  }
  return `${rows.join('\n')}\n`;
}

function percent(value: number): string {
  return `${(value * 100).toFixed(1)} %`.padStart(10);
}
