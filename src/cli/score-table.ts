import { FAMILIES, type Scoreboard } from '../analysis/scoreboard.ts';

/** A reading of the same texts to show beside others. */
export interface NamedBoard {
  readonly name: string;
  readonly board: Scoreboard;
}

/** Every label of every family that was labelled: precision, recall, F1 and how many texts hold it. */
export function renderScores(board: Scoreboard): string {
  const rows: string[] = [];
  for (const family of FAMILIES) {
    const score = board.score(family);
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

/** One row a reading: its macro-F1 with the interval that chance leaves it. */
export function renderComparison(boards: readonly NamedBoard[]): string {
  const rows: string[] = [];
  for (const family of FAMILIES) {
    const scored = boards.flatMap(({ name, board }) => {
      const [score, interval] = [board.score(family), board.interval(family)];
      return score === null || interval === null ? [] : [{ name, score, interval }];
    });
    if (scored.length === 0) continue;
    rows.push(
      '',
      `${family.replace('_', ' ').padEnd(22)}${'macro-F1'.padStart(10)}${'95 % interval'.padStart(20)}${'micro-F1'.padStart(12)}${'exact'.padStart(10)}`,
    );
    for (const { name, score, interval } of scored) {
      const range = `${percent(interval[0]).trim()} to ${percent(interval[1]).trim()}`;
      rows.push(
        `  ${name.padEnd(20)}${percent(score.macro_f1)}${range.padStart(20)}${percent(score.micro_f1).padStart(12)}${percent(score.exact)}`,
      );
    }
  }
  return `${rows.join('\n')}\n`;
}

function percent(value: number): string {
  return `${(value * 100).toFixed(1)} %`.padStart(10);
}
