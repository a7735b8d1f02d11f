import { type BayesClassifier, createBayesClassifier } from '../../src/analysis/baselines/bayes.ts';
import { createVader } from '../../src/analysis/baselines/vader.ts';
import { createEngine } from '../../src/analysis/engine.ts';
import { createPooledClassifier } from '../../src/analysis/pooled-classifier.ts';
import { mails, posts, trainingPosts } from './analysis-texts.ts';
import { measureFasttext } from './fasttext.ts';

/** The one line a script reads; rates are texts per second on one thread. */
interface AnalysisFigures {
  readonly bench: 'analysis';
  readonly tweets_per_s: number;
  readonly mails_per_s: number;
  /** From nothing to the first answer of a pooled classifier, thread and words loaded. */
  readonly ready_ms: number;
  /** Of the whole process after our own part of the run, threads included. */
  readonly rss_mb: number;
  /** natural's Bayes classifier after training on a few labelled posts, reading the same posts. */
  readonly natural_bayes_per_s: number;
  /** VADER reading the same posts; it tells polarity alone. */
  readonly vader_per_s: number;
  /** Debian's fasttext after supervised training on our corpus, aspects alone; null where it is not installed. */
  readonly fasttext_per_s: number | null;
}

const MEASURED_MS = 3_000;

/** Measures the analysis on own posts and mails, prints a table and answers the figures. */
export async function benchAnalysis(): Promise<AnalysisFigures> {
  const ready = await measureReady();
  const engine = createEngine([]);
  const tweets = measureRate(posts(2_000), (text) => engine.analyse({ text, kind: 'post' }));
  const mail = measureRate(mails(500), (text) => engine.analyse({ text, kind: 'mail' }));
  const rss = Math.round(process.memoryUsage().rss / 1e6);
  const bayes = trainBayes();
  const bayesRate = measureRate(posts(2_000), (text) => bayes.classify(text));
  const vader = createVader();
  const vaderRate = measureRate(posts(2_000), (text) => vader.label(text, {}));
  const figures: AnalysisFigures = {
    bench: 'analysis',
    tweets_per_s: tweets,
    mails_per_s: mail,
    ready_ms: ready,
    rss_mb: rss,
    natural_bayes_per_s: bayesRate,
    vader_per_s: vaderRate,
    fasttext_per_s: await measureFasttext(posts(2_000)),
  };
  for (const [name, value] of Object.entries(figures))
    process.stdout.write(`${name.padEnd(22)}${String(value).padStart(12)}\n`);
  return figures;
}

async function measureReady(): Promise<number> {
  const started = performance.now();
  const classifier = createPooledClassifier({ hints: [], threads: 1, deadlineMs: 10_000 });
  try {
    await classifier.classify([{ text: 'They love it' }]);
    return Math.round(performance.now() - started);
  } finally {
    await classifier.close();
  }
}

/** Texts per second over at least three seconds, after one warm round. */
function measureRate(texts: readonly string[], read: (text: string) => unknown): number {
  for (const text of texts) read(text);
  const started = performance.now();
  let count = 0;
  while (performance.now() - started < MEASURED_MS) {
    for (const text of texts.slice(0, 200)) read(text);
    count += 200;
  }
  return Math.round(count / ((performance.now() - started) / 1000));
}

function trainBayes(): BayesClassifier {
  const classifier = createBayesClassifier();
  for (const { text, label } of trainingPosts) classifier.addDocument(text, label);
  classifier.train();
  return classifier;
}
