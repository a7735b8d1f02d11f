import { createRequire } from 'node:module';
import type { Baseline } from './baseline.ts';

interface Vader {
  readonly SentimentIntensityAnalyzer: {
    polarity_scores(text: string): { readonly compound: number };
  };
}

/** The bounds its authors give (Hutto and Gilbert 2014). */
const BOUND = 0.05;

/** VADER, a lexicon for English posts; it tells polarity alone. */
export function createVader(): Baseline {
  const require = createRequire(import.meta.url);
  const { SentimentIntensityAnalyzer }: Vader = require('vader-sentiment');
  return {
    name: 'vader',
    label: (text) => {
      const { compound } = SentimentIntensityAnalyzer.polarity_scores(text);
      return { polarity: compound >= BOUND ? 'positive' : compound <= -BOUND ? 'negative' : 'neutral' };
    },
  };
}
