import { MODEL_FOLDER, readWordVectors, writeModel } from '../analysis/model/model-files.ts';
import { readSets } from '../analysis/training/read-sets.ts';
import { runTraining } from '../analysis/training/run-training.ts';
import { CORPUS_FOLDER } from './corpus-folder.ts';
import { renderScores } from './score-table.ts';
import { createProgress, type Terminal } from './terminal.ts';

interface TrainFlags {
  readonly data?: string | undefined;
  readonly out?: string | undefined;
  readonly seed: number;
}

/**
 * `earshot train`: learns the model from the corpus and, with `--data`, from the labelled sets of a folder, prints how it does
 * on industries it was not shown, and writes it. The same texts and seed give the same bytes.
 */
export async function trainCommand({ data, out, seed }: TrainFlags, terminal: Terminal): Promise<number> {
  const sets = [...(await readSets(CORPUS_FOLDER)), ...(data === undefined ? [] : await readSets(data))];
  const progress = createProgress(terminal);
  const { model, board, counts } = runTraining({
    texts: sets.flatMap(({ texts }) => texts),
    vectors: readWordVectors(MODEL_FOLDER),
    seed,
    onStep: (step) => progress.show(step),
  });
  const folder = out ?? MODEL_FOLDER;
  const version = await writeModel(folder, model);
  progress.done(`${version} written to ${folder}`);
  terminal.stdout.write(
    `learned from ${counts.train}, calibrated on ${counts.dev}, measured on ${counts.test} texts of industries not shown\n${renderScores(board)}`,
  );
  return 0;
}
