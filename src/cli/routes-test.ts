import { createReadStream } from 'node:fs';
import type { EarshotConfig } from '../config/config.ts';
import type { Classification } from '../domain/opinion.ts';
import type { Classifier } from '../domain/ports/classifier.ts';
import { AppError, toAppError } from '../lib/app-error.ts';
import { type Line, readLines } from '../lib/line-reader.ts';
import type { LabelSet } from '../routing/labels.ts';
import { parseLabelArgument } from './label-argument.ts';
import { type OpinionReport, renderOpinion, renderText, reportOpinion } from './routes-test-report.ts';

const BATCH = 64;

/** What `earshot routes test` was asked: labels alone, or a text or a file of texts, whose opinions get the labels too. */
export interface RoutesTestInput {
  /** `aspect=sales,tier=gold`. */
  readonly labels?: string | undefined;
  readonly text?: string | undefined;
  /** One text a line; empty lines are skipped. */
  readonly file?: string | undefined;
  /** Prints one JSON object for the labels, or one a line for texts. */
  readonly json?: boolean | undefined;
}

export interface RoutesTestDeps {
  readonly config: EarshotConfig;
  /** Called once and only for texts; the command closes what it gets. */
  readonly openClassifier: () => Classifier | Promise<Classifier>;
  /** Prints one line. */
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
}

/**
 * Shows which way an opinion takes through the routing tree, and why. Answers the exit code: 0, 1 when the file or one
 * of the texts could not be read, 2 when the arguments make no sense.
 */
export async function routesTestCommand(input: RoutesTestInput, deps: RoutesTestDeps): Promise<number> {
  const { config, out, err } = deps;
  if (input.text !== undefined && input.file !== undefined) {
    err('routes test: --text and --file exclude each other; give one of them');
    return 2;
  }
  let labels: LabelSet;
  try {
    labels = parseLabelArgument(
      input.labels ?? '',
      config.aspects.map(({ aspect }) => aspect),
    );
  } catch (error) {
    err(`routes test: ${toAppError(error).message}`);
    return 2;
  }
  if (input.text?.trim() === '') {
    err('routes test: --text is empty; give the words of a mention');
    return 2;
  }
  if (input.text !== undefined) return testTexts([{ number: 1, text: input.text }], labels, { input, deps });
  if (input.file !== undefined) {
    return testTexts(readLines(createReadStream(input.file)), labels, { input, deps });
  }
  if (input.labels === undefined) {
    err('routes test: give --labels aspect=sales,…, --text "…" or --file FILE');
    return 2;
  }
  const report = reportOpinion(config, labels);
  for (const line of input.json ? [JSON.stringify(report)] : renderOpinion(report)) out(line);
  return 0;
}

interface Run {
  readonly input: RoutesTestInput;
  readonly deps: RoutesTestDeps;
}

async function testTexts(
  lines: Iterable<Line> | AsyncIterable<Line>,
  labels: LabelSet,
  run: Run,
): Promise<number> {
  const classifier = await run.deps.openClassifier();
  let failures = 0;
  try {
    for await (const batch of batches(lines)) failures += await testBatch(batch, { labels, classifier, run });
  } catch (error) {
    run.deps.err(`routes test: ${messageOf(error, run.input.file)}`);
    failures += 1;
  } finally {
    await classifier.close();
  }
  return failures === 0 ? 0 : 1;
}

/** Answers how many of the lines could not be read or classified. */
async function testBatch(
  batch: readonly Line[],
  { labels, classifier, run }: { labels: LabelSet; classifier: Classifier; run: Run },
): Promise<number> {
  const { config, out, err } = run.deps;
  const texts = batch.flatMap((line) => ('text' in line ? [{ text: line.text }] : []));
  const answers = (await classifier.classify(texts)).values();
  let failures = 0;
  for (const line of batch) {
    const answer = 'text' in line ? answers.next().value : { failure: line.error };
    if (answer === undefined || 'failure' in answer) {
      failures += 1;
      const reason = answer === undefined ? 'no answer from the classifier' : answer.failure;
      if (run.input.json) out(JSON.stringify({ line: line.number, error: reason }));
      else err(`${line.number}: ${reason}`);
    } else {
      const text = 'text' in line ? line.text : '';
      const opinions = answer.spam ? [] : reportOpinions(config, answer, labels);
      const report = { line: line.number, text, spam: answer.spam, opinions };
      for (const row of run.input.json ? [JSON.stringify(report)] : renderText(report)) out(row);
    }
  }
  return failures;
}

/** What the classifier reads in a text wins over the labels given by hand. */
function reportOpinions(config: EarshotConfig, answer: Classification, given: LabelSet): OpinionReport[] {
  return answer.opinions.map(({ aspect, polarity, intent, text }) => {
    const urgency = String(answer.urgency);
    return reportOpinion(config, { ...given, aspect, polarity, intent, lang: answer.lang, urgency, text });
  });
}

async function* batches(lines: Iterable<Line> | AsyncIterable<Line>): AsyncGenerator<Line[], void, void> {
  let batch: Line[] = [];
  for await (const line of lines) {
    if ('text' in line && line.text.trim() === '') continue;
    batch.push(line);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function messageOf(error: unknown, file: string | undefined): string {
  if (error instanceof AppError || !(error instanceof Error) || !('code' in error))
    return toAppError(error).message;
  if (error.code === 'ENOENT') return `${file}: no such file; check the path`;
  if (error.code === 'EISDIR') return `${file}: is a folder; name a file with one text a line`;
  return `${file}: cannot be read (${String(error.code)}); check its permissions`;
}
