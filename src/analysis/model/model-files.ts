import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { AppError } from '../../lib/app-error.ts';
import { createWordVectors, DIMENSIONS, type WordVectors } from '../features/word-vectors.ts';
import type { Heads } from '../heads/judge.ts';
import { OUTPUTS } from '../heads/outputs.ts';
import { HASHED_BYTES } from '../heads/weights.ts';

/** Raised when the files or what they mean change, so that old files are refused instead of misread. */
const FORMAT = 2;

const numbers = z.array(z.number());
const scaleList = z.array(z.tuple([z.number(), z.number()]));
const perKind = <Shape extends z.ZodType>(shape: Shape) =>
  z.object({ post: shape, mail: shape, review: shape });
const thresholds = z.object({
  aspects: perKind(numbers),
  intents: perKind(numbers),
  spam: z.number(),
  ours: z.number(),
  urgency: numbers,
});

const modelFile = z.object({
  format: z.literal(FORMAT),
  /** Digest of everything that was learned. */
  version: z.string(),
  scales: numbers.length(OUTPUTS),
  biases: numbers.length(OUTPUTS),
  vector: numbers.length(DIMENSIONS * OUTPUTS),
  text: scaleList,
  polarity: scaleList,
  thresholds,
});

/** From which chance on a label is given, by kind of channel. */
export type Thresholds = Readonly<z.infer<typeof thresholds>>;

/** All that was learned. */
export interface Model {
  readonly version: string;
  readonly heads: Heads;
  readonly thresholds: Thresholds;
}

/** The model that ships with the code. */
export const MODEL_FOLDER = fileURLToPath(new URL('.', import.meta.url));

/** Reads the learned files of a folder. Throws AppError `invalid-input` when they are missing, damaged or of another format. */
export function readModel(folder: string): Model {
  const { version, scales, biases, vector, text, polarity, thresholds: limits } = readModelFile(folder);
  const hashed = readBytes(join(folder, 'weights.bin'));
  if (hashed.length !== HASHED_BYTES)
    throw new AppError(
      'invalid-input',
      `${folder}: weights.bin holds ${hashed.length} bytes, not ${HASHED_BYTES}; train the model again`,
    );
  return {
    version,
    heads: {
      weights: {
        hashed,
        scales: Float32Array.from(scales),
        vector: Float32Array.from(vector),
        biases: Float32Array.from(biases),
      },
      text,
      polarity,
    },
    thresholds: limits,
  };
}

/** Names the model of a folder without reading its weights. */
export function readModelVersion(folder: string): string {
  return readModelFile(folder).version;
}

function readModelFile(folder: string): z.infer<typeof modelFile> {
  const path = join(folder, 'model.json');
  try {
    return modelFile.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new AppError('invalid-input', `${path}: is no model this version can read; train it again`, {
      cause,
    });
  }
}

/** Reads the word vectors, which are an input of training and never change with it. */
export function readWordVectors(folder: string): WordVectors {
  return createWordVectors(
    readFileSync(join(folder, 'words.txt'), 'utf8'),
    readBytes(join(folder, 'vectors.bin')),
  );
}

/** Writes the learned files and answers the version they got. */
export async function writeModel(
  folder: string,
  { heads, thresholds: limits }: Omit<Model, 'version'>,
): Promise<string> {
  const { weights, text, polarity } = heads;
  const content = {
    scales: [...weights.scales].map(short),
    biases: [...weights.biases].map(short),
    vector: [...weights.vector].map(short),
    text,
    polarity,
    thresholds: limits,
  };
  const digest = createHash('sha256').update(weights.hashed).update(JSON.stringify(content)).digest('hex');
  const version = `heads-${FORMAT}-${digest.slice(0, 8)}`;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'weights.bin'), weights.hashed);
  await writeFile(join(folder, 'model.json'), `${JSON.stringify({ format: FORMAT, version, ...content })}\n`);
  return version;
}

function short(value: number): number {
  return Number(value.toPrecision(6));
}

function readBytes(path: string): Int8Array {
  const bytes = readFileSync(path);
  return new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}
