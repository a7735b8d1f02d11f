import { type BayesClassifier, createBayesClassifier } from '../../src/analysis/baselines/bayes.ts';
import { createVader } from '../../src/analysis/baselines/vader.ts';
import { createPooledClassifier } from '../../src/analysis/pooled-classifier.ts';
import type { Classifier } from '../../src/domain/ports/classifier.ts';
import type { ChannelKind } from '../../src/domain/words.ts';
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

/** Measures the analysis on own posts and mails, in one thread as it runs in the product, prints a table and answers the figures. */
export async function benchAnalysis(): Promise<AnalysisFigures> {
  const started = performance.now();
  const classifier = createPooledClassifier({ hints: [], threads: 1, deadlineMs: 10_000 });
  await classifier.classify([{ text: 'They love it' }]);
  const ready = Math.round(performance.now() - started);
  const tweets = await measureRate(posts(2_000), classifying(classifier, 'post'));
  const mail = await measureRate(mails(500), classifying(classifier, 'mail'));
  const rss = Math.round(process.memoryUsage().rss / 1e6);
  await classifier.close();
  const bayes = trainBayes();
  const bayesRate = await measureRate(posts(2_000), (texts) => texts.map((text) => bayes.classify(text)));
  const vader = createVader();
  const vaderRate = await measureRate(posts(2_000), (texts) => texts.map((text) => vader.label(text, {})));
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

function classifying(classifier: Classifier, kind: ChannelKind): (texts: readonly string[]) => unknown {
  return (texts) => classifier.classify(texts.map((text) => ({ text, kind })));
}

/** Texts per second over at least three seconds, after one warm round. */
async function measureRate(
  texts: readonly string[],
  read: (texts: readonly string[]) => unknown,
): Promise<number> {
  await read(texts);
  const started = performance.now();
  let count = 0;
  while (performance.now() - started < MEASURED_MS) {
    await read(texts.slice(0, 200));
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
