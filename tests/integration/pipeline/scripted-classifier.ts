import type { Classification, ClassifiedOpinion, ClassifierInput } from '../../../src/domain/opinion.ts';
import type { Classifier, ClassifierFailure } from '../../../src/domain/ports/classifier.ts';

const OPINION = /\b(maybe )?(good|bad) (product|sales|pricing|service)\b/g;

/**
 * Reads an opinion wherever a text says `good` or `bad` of an aspect, an unsure one behind `maybe`. `poison` is a text that
 * it gives up on, `empty span` and `half character` are answers that no database would take, `spam` is spam.
 */
export function scriptedClassifier(): Classifier & { readonly seen: readonly string[] } {
  const seen: string[] = [];
  return {
    modelVersion: 'scripted-1',
    seen,
    async classify(inputs) {
      seen.push(...inputs.map(({ text }) => text));
      return inputs.map(read);
    },
    async close() {},
  };
}

function read({ text, lang = 'en' }: ClassifierInput): Classification | ClassifierFailure {
  if (text.includes('poison')) return { failure: 'the text took too long' };
  const opinions = [...text.matchAll(OPINION)].map((match) => opinionAt(text, match));
  if (text.includes('empty span')) opinions.push(spanning(text, 3, 3));
  if (text.includes('half character')) opinions.push(spanning(text, 0, text.indexOf('\u{1f600}') + 1));
  return {
    lang,
    spam: text.includes('spam'),
    polarity: 'neutral',
    score: 0,
    intents: [],
    urgency: 0,
    opinions,
  };
}

function opinionAt(text: string, match: RegExpExecArray): ClassifiedOpinion {
  const [words, maybe, mood, aspect = 'other'] = match;
  return {
    ...spanning(text, match.index, match.index + words.length),
    aspect,
    polarity: mood === 'good' ? 'positive' : 'negative',
    confidence: maybe === undefined ? 0.9 : 0.2,
  };
}

function spanning(text: string, start: number, end: number): ClassifiedOpinion {
  const words = text.slice(start, end);
  return {
    aspect: 'product',
    polarity: 'negative',
    score: 0,
    intent: 'none',
    confidence: 0.9,
    start,
    end,
    text: words,
    why: [words],
  };
}
