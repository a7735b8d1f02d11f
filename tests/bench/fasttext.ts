import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readSets } from '../../src/analysis/training/read-sets.ts';
import { CORPUS_FOLDER } from '../../src/cli/corpus-folder.ts';

const run = promisify(execFile);
/** So many that loading the model, which is taken off, is little beside them. */
const REPEATS = 50;
const MAX_BUFFER = 256 * 1024 * 1024;

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/**
 * Texts a second of Debian's `fasttext` on one thread, reading them after supervised training on our corpus (aspects, several a text); null
 * where it is not installed.
 */
export async function measureFasttext(texts: readonly string[]): Promise<number | null> {
  const folder = await mkdtemp(join(tmpdir(), 'earshot-fasttext-'));
  const [train, model, many, one] = ['train.txt', 'model', 'many.txt', 'one.txt'].map((name) =>
    join(folder, name),
  );
  if (!train || !model || !many || !one) throw new Error('four names make four paths');
  try {
    const sets = await readSets(CORPUS_FOLDER);
    const lines = sets.flatMap(({ texts: labelled }) =>
      labelled.map(({ text, aspects = [] }) =>
        [
          ...(aspects.length > 0 ? aspects.map(({ aspect }) => `__label__${aspect}`) : ['__label__none']),
          oneLine(text),
        ].join(' '),
      ),
    );
    await writeFile(train, `${lines.join('\n')}\n`);
    await writeFile(one, `${oneLine(texts[0] ?? '')}\n`);
    await writeFile(
      many,
      `${Array.from({ length: REPEATS }, () => texts.map(oneLine).join('\n')).join('\n')}\n`,
    );
    await run('fasttext', [
      'supervised',
      '-input',
      train,
      '-output',
      model,
      '-thread',
      '1',
      '-loss',
      'ova',
      '-wordNgrams',
      '2',
      // Its two million rows take a second to load, which would hide the reading.
      '-bucket',
      '200000',
      '-verbose',
      '0',
    ]);
    const timed = async (file: string): Promise<number> => {
      const started = performance.now();
      await run('fasttext', ['predict', `${model}.bin`, file, '-1', '0.5'], { maxBuffer: MAX_BUFFER });
      return performance.now() - started;
    };
    const loading = await timed(one);
    return Math.round((REPEATS * texts.length) / (((await timed(many)) - loading) / 1000));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
