import { createRequire } from 'node:module';
import { POLARITIES } from '../../domain/words.ts';
import type { LabelledText } from '../training/labelled-text.ts';
import type { Baseline } from './baseline.ts';

export interface BayesClassifier {
  addDocument(text: string, label: string): void;
  train(): void;
  classify(text: string): string;
}

/** Both its training and its reading slow down with every text it has seen. */
const BAYES_TEXTS = 500;

/** A new classifier of `natural`, whose root module is never loaded: it opens database drivers. */
export function createBayesClassifier(): BayesClassifier {
  const Bayes: new () => BayesClassifier = createRequire(import.meta.url)(
    'natural/lib/natural/classifiers/bayes_classifier',
  );
  return new Bayes();
}

/**
 * `natural`'s Bayes, one classifier a family, trained on 500 of the texts given when that family is first asked for. It tells
 * one label a text, so a set of labels is one label.
 */
export function createBayes(texts: readonly LabelledText[]): Baseline {
  const step = Math.max(1, Math.floor(texts.length / BAYES_TEXTS));
  const some = texts.filter((_, at) => at % step === 0).slice(0, BAYES_TEXTS);
  const aspects = learnLater(some, (one) => JSON.stringify(one.aspects ?? []));
  const polarity = learnLater(some, (one) => one.polarity ?? 'neutral');
  const intents = learnLater(some, (one) => (one.intents ?? []).join(' '));
  const spam = learnLater(some, (one) => String(one.spam ?? false));
  return {
    name: 'bayes',
    label: (text, asked) => ({
      aspects: asked.aspects && JSON.parse(aspects(text)),
      polarity: asked.polarity && POLARITIES.find((one) => one === polarity(text)),
      intents: asked.intents && intents(text).split(' ').filter(Boolean),
      spam: asked.spam === undefined ? undefined : spam(text) === 'true',
    }),
  };
}

function learnLater(
  texts: readonly LabelledText[],
  label: (text: LabelledText) => string,
): (text: string) => string {
  let classifier: BayesClassifier | undefined;
  return (text) => {
    if (classifier === undefined) {
      classifier = createBayesClassifier();
      for (const one of texts) classifier.addDocument(one.text, label(one));
      classifier.train();
    }
    return classifier.classify(text);
  };
}
