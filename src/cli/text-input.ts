import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { Readable } from 'node:stream';
import type { z } from 'zod';
import { createPooledClassifier } from '../analysis/pooled-classifier.ts';
import type { Classifier } from '../domain/ports/classifier.ts';
import { AppError } from '../lib/app-error.ts';
import { gather } from '../lib/gather.ts';
import { type Line, readLines } from '../lib/line-reader.ts';

/** A line of JSONL after parsing: what it holds, or why it cannot be read. */
export type Row<Value> =
  | { readonly number: number; readonly value: Value }
  | { readonly number: number; readonly error: string };

/** A text of a million characters fits with its escapes; what is longer is no message a person wrote. */
const MAX_LINE_BYTES = 4 * 1024 * 1024;
const BATCH_LINES = 512;
const BATCH_CHARACTERS = 2 * 1024 * 1024;
const DEADLINE_MS = 10_000;

/** Opens a file, or standard input for `-`. Throws AppError `not-found` or `invalid-input` that says what to do. */
export async function openInput(
  path: string,
  stdin: NodeJS.ReadableStream,
): Promise<AsyncIterable<Uint8Array | string>> {
  if (path === '-') return stdin;
  const found = await stat(path).catch((cause: unknown) => {
    throw new AppError(
      'not-found',
      `${path}: cannot be opened; give the path of a JSONL file, or - for standard input`,
      { cause },
    );
  });
  if (found.isDirectory())
    throw new AppError('invalid-input', `${path}: is a directory; give the path of a JSONL file`);
  return readable(createReadStream(path), path);
}

async function* readable(stream: Readable, path: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of stream) yield chunk;
  } catch (cause) {
    throw new AppError('invalid-input', `${path}: cannot be read`, { cause });
  }
}

/** Reads JSONL in batches, as fast as it comes and no faster than it is taken. `hint` says what a line must look like. */
export async function* readRows<Value>(
  input: AsyncIterable<Uint8Array | string>,
  schema: z.ZodType<Value>,
  hint: string,
): AsyncGenerator<Row<Value>[]> {
  const lines = readLines(input, { maxLineBytes: MAX_LINE_BYTES });
  const weigh = (line: Line): number => ('text' in line ? line.text.length : 0);
  for await (const batch of gather(lines, { items: BATCH_LINES, weight: BATCH_CHARACTERS, weigh })) {
    yield batch.map((line) => ('text' in line ? parseRow(line, schema, hint) : line));
  }
}

// No message of the JSON parser is passed on: it quotes the line, and the line is a customer's.
function parseRow<Value>(
  { number, text }: { number: number; text: string },
  schema: z.ZodType<Value>,
  hint: string,
): Row<Value> {
  if (text.trim() === '') return { number, error: `line ${number} is empty; each line is ${hint}` };
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return { number, error: `line ${number} is not JSON; each line is ${hint}` };
  }
  const parsed = schema.safeParse(raw);
  if (parsed.success) return { number, value: parsed.data };
  const place = parsed.error.issues[0]?.path.join('.') ?? '';
  return {
    number,
    error: `line ${number}${place === '' ? '' : `, ${place}`}: not as expected; each line is ${hint}`,
  };
}

/** The classifier of a command that needs no workspace: built-in words, every core. */
export function openClassifier(): Classifier {
  return createPooledClassifier({
    hints: [],
    threads: Math.min(4, availableParallelism()),
    deadlineMs: DEADLINE_MS,
  });
}
