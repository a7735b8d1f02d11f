import { INTENTS, type Polarity } from '../../domain/words.ts';
import { createEvidenceReader } from '../evidence.ts';
import { softSum } from '../heads/combine.ts';
import { JUDGED } from '../lexicon/lexicon.ts';
import type { Baseline } from './baseline.ts';

const NEUTRAL_BAND = 0.2;
const SPAM_CUES = 2;

/** Labels by our word lists alone, with nothing learned: an aspect that is named is there, and judging words are summed. */
export function createKeyword(): Baseline {
  const read = createEvidenceReader([]);
  return {
    name: 'keyword',
    label: (text) => {
      const evidence = read({ text });
      const { hits, tokens } = evidence;
      const sum = softSum(evidence, 0, tokens.length);
      const polarity: Polarity =
        sum >= NEUTRAL_BAND ? 'positive' : sum <= -NEUTRAL_BAND ? 'negative' : 'neutral';
      const aspects = new Set(hits.aspect.flatMap(({ name, weight }) => (weight >= JUDGED ? [name] : [])));
      const intents = INTENTS.filter((intent) => {
        if (intent === 'praise') return polarity === 'positive';
        if (intent === 'complaint') return polarity === 'negative';
        return hits[intent].length > 0;
      });
      return {
        aspects: Array.from(aspects, (aspect) => ({ aspect, polarity })),
        polarity,
        intents,
        spam: new Set(hits.spam.map(({ from }) => tokens[from]?.norm)).size >= SPAM_CUES,
      };
    },
  };
}
