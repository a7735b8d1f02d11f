import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createEngine } from '../../../src/analysis/engine.ts';
import {
  MODEL_FOLDER,
  readModel,
  readModelVersion,
  readWordVectors,
  writeModel,
} from '../../../src/analysis/model/model-files.ts';
import type { LabelledText } from '../../../src/analysis/training/labelled-text.ts';
import { readSets } from '../../../src/analysis/training/read-sets.ts';
import { runTraining } from '../../../src/analysis/training/run-training.ts';
import { CORPUS_FOLDER } from '../../../src/cli/corpus-folder.ts';
import { AppError } from '../../../src/lib/app-error.ts';

const folders: string[] = [];

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'earshot-train-'));
  folders.push(folder);
  return folder;
}

afterEach(async () => {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
});

async function slice(): Promise<readonly LabelledText[]> {
  const texts = (await readSets(CORPUS_FOLDER)).flatMap((set) => set.texts);
  return texts.filter((_, at) => at % 33 === 0);
}

async function trainInto(folder: string, texts: readonly LabelledText[], seed: number): Promise<string> {
  const { model } = runTraining({
    texts,
    vectors: readWordVectors(MODEL_FOLDER),
    seed,
    onStep: () => undefined,
  });
  return writeModel(folder, model);
}

describe('training', () => {
  it('gives the same bytes for the same texts and seed, others for another seed', async () => {
    const texts = await slice();
    const [one, two, other] = [await newFolder(), await newFolder(), await newFolder()];
    const version = await trainInto(one, texts, 1);
    expect(await trainInto(two, texts, 1)).toBe(version);
    expect(await trainInto(other, texts, 2)).not.toBe(version);
    for (const file of ['weights.bin', 'model.json'])
      expect((await readFile(join(one, file))).equals(await readFile(join(two, file))), file).toBe(true);
  }, 180_000);

  it('writes a model that an engine runs on and names itself by', async () => {
    const folder = await newFolder();
    const version = await trainInto(folder, await slice(), 1);
    expect(readModelVersion(folder)).toBe(version);
    const engine = createEngine([], { model: readModel(folder), vectors: readWordVectors(MODEL_FOLDER) });
    expect(engine.modelVersion).toBe(version);
    expect(engine.analyse({ text: 'The app crashes all the time and nobody answers' }).polarity).toBe(
      'negative',
    );
  }, 180_000);

  it('refuses a folder without sets, and names file and line of what it cannot read', async () => {
    const folder = await newFolder();
    await expect(readSets(folder)).rejects.toSatisfy(
      (error) => error instanceof AppError && error.kind === 'not-found',
    );
    await writeFile(join(folder, 'odd.jsonl'), '{"text": "fine", "polarity": "positive"}\n{"text": 5}\n');
    await expect(readSets(folder)).rejects.toThrow(/odd\.jsonl, line 2/u);
  });

  it('leaves out sets that are kept to measure, and texts nothing is known of', async () => {
    const folder = await newFolder();
    await writeFile(
      join(folder, 'a.jsonl'),
      '{"text": "fine", "polarity": "positive"}\n{"text": "who knows"}\n',
    );
    await writeFile(join(folder, 'a_dev.jsonl'), '{"text": "kept aside", "polarity": "positive"}\n');
    expect((await readSets(folder)).map(({ name, texts }) => [name, texts.length])).toEqual([['a', 1]]);
  });

  it('refuses a model of another format', async () => {
    const folder = await newFolder();
    await writeFile(join(folder, 'model.json'), '{"format": 0}');
    expect(() => readModel(folder)).toThrow(/train it again/u);
  });
});
