import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { z } from 'zod';
import type { Classification } from '../domain/opinion.ts';
import type { Classifier } from '../domain/ports/classifier.ts';
import { CHANNEL_KINDS, type ChannelKind } from '../domain/words.ts';
import { AppError } from '../lib/app-error.ts';
import type { Terminal } from './terminal.ts';
import { openClassifier, openInput, type Row, readRows } from './text-input.ts';

const inputLine = z.object({ id: z.union([z.string(), z.number(), z.null()]).optional(), text: z.string() });
type InputLine = z.infer<typeof inputLine>;

interface ClassifyFlags {
  readonly kind?: string | undefined;
}

/**
 * `earshot classify [FILE|-]`: one line of JSON out for one line in, in order, as they come. A line that cannot be read or
 * classified gives `{line, error}` and the exit code 1. A reader that closes the pipe early ends the command quietly.
 */
export async function classifyCommand(
  path: string,
  flags: ClassifyFlags,
  terminal: Terminal,
): Promise<number> {
  const kind = parseKind(flags.kind);
  const input = await openInput(path, terminal.stdin);
  const classifier = openClassifier();
  const output = createOutput(terminal.stdout);
  let failures = 0;
  try {
    for await (const rows of readRows(input, inputLine, '{"id": …, "text": "…"}')) {
      failures += await classifyRows(rows, { kind, classifier, output });
      if (output.isClosed()) break;
    }
  } finally {
    output.release();
    await classifier.close();
  }
  return failures === 0 ? 0 : 1;
}

function parseKind(kind: string | undefined): ChannelKind | undefined {
  const parsed = z.enum(CHANNEL_KINDS).optional().safeParse(kind);
  if (!parsed.success)
    throw new AppError('invalid-input', `--kind must be one of ${CHANNEL_KINDS.join(', ')}`);
  return parsed.data;
}

interface Work {
  readonly kind: ChannelKind | undefined;
  readonly classifier: Classifier;
  readonly output: Output;
}

/** Answers how many of the rows failed. */
async function classifyRows(
  rows: readonly Row<InputLine>[],
  { kind, classifier, output }: Work,
): Promise<number> {
  const inputs = rows.flatMap((row) =>
    'value' in row ? [{ text: row.value.text, ...(kind === undefined ? {} : { kind }) }] : [],
  );
  const answers = (await classifier.classify(inputs)).values();
  const lines: string[] = [];
  let failures = 0;
  for (const row of rows) {
    if ('error' in row) {
      failures += 1;
      lines.push(JSON.stringify({ line: row.number, error: row.error }));
      continue;
    }
    const answer = answers.next().value;
    if (answer === undefined || 'failure' in answer) {
      failures += 1;
      lines.push(
        JSON.stringify({ line: row.number, error: answer?.failure ?? 'no answer from the classifier' }),
      );
    } else lines.push(JSON.stringify(present(row.value, answer)));
  }
  await output.write(`${lines.join('\n')}\n`);
  return failures;
}

/** The line's own id, when it has one, and then the answer in the documented order. */
function present({ id }: InputLine, answer: Classification): object {
  const { lang, spam, polarity, score, intents, urgency, opinions } = answer;
  return { ...(id === undefined ? {} : { id }), lang, spam, polarity, score, intents, urgency, opinions };
}

interface Output {
  write(text: string): Promise<void>;
  isClosed(): boolean;
  release(): void;
}

/** Waits for a slow reader, and takes a reader that has gone for the end of the work, as pipes do. */
function createOutput(stream: Writable): Output {
  const closed = new AbortController();
  let failure: Error | undefined;
  const onError = (error: NodeJS.ErrnoException): void => {
    if (error.code !== 'EPIPE') failure = error;
    closed.abort();
  };
  stream.on('error', onError);
  return {
    async write(text) {
      if (closed.signal.aborted) return;
      if (!stream.write(text)) await waitForDrain(stream, closed.signal);
      if (failure !== undefined)
        throw new AppError('unavailable', 'The output cannot be written', { cause: failure });
    },
    isClosed: () => closed.signal.aborted,
    release: () => void stream.off('error', onError),
  };
}

async function waitForDrain(stream: Writable, closed: AbortSignal): Promise<void> {
  try {
    await once(stream, 'drain', { signal: closed });
  } catch (thrown) {
    // The reader has gone: whoever writes next finds the output closed.
    if (!closed.aborted) throw thrown;
  }
}
