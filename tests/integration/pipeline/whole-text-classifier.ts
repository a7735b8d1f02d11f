import type { Classification } from '../../../src/domain/opinion.ts';
import { scriptedClassifier } from './scripted-classifier.ts';

/** Takes each text for one opinion, on the aspect that stands before its colon: `service: they lost my bags`. A `+` before it is praise. */
export function wholeTextClassifier(): ReturnType<typeof scriptedClassifier> {
  return { ...scriptedClassifier(), classify: async (inputs) => inputs.map(({ text }) => read(text)) };
}

function read(text: string): Classification {
  const aspect = /^\+?(\w+):/.exec(text)?.[1] ?? 'service';
  const start = text.indexOf(':') + 1;
  return {
    lang: 'en',
    spam: false,
    polarity: 'neutral',
    score: 0,
    intents: [],
    urgency: 0,
    opinions: [
      {
        aspect,
        polarity: text.startsWith('+') ? 'positive' : 'negative',
        score: 0,
        intent: 'none',
        confidence: text.includes('perhaps') ? 0.2 : 0.9,
        start,
        end: text.length,
        text: text.slice(start),
        why: [],
      },
    ],
  };
}
