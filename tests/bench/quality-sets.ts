/** A public set as the model card shows it. */
export interface QualitySet {
  readonly name: string;
  readonly file: string;
  /** Lines of a file that holds several domains. */
  readonly lines?: readonly [from: number, to: number];
  /** What is measured; other labels of the set mean something else. */
  readonly of: readonly ('aspects' | 'polarity' | 'intents')[];
  /** Reasons of a complaint count where the labellers agree this far. */
  readonly agreed?: number;
}

const aspects = ['aspects'] as const;
const polarity = ['polarity'] as const;
const intents = ['intents'] as const;
const REVIEWS = 'aspect_reviews';
const AIRLINES = 'airline_united_usair_american';

export const QUALITY_SETS: readonly QualitySet[] = [
  { name: 'restaurant reviews', file: REVIEWS, lines: [0, 3_762], of: aspects },
  {
    name: 'restaurant reviews, another set',
    file: REVIEWS,
    lines: [9_400, 13_320],
    of: aspects,
  },
  { name: 'stays', file: REVIEWS, lines: [17_580, 20_365], of: aspects },
  { name: 'laptop reviews', file: REVIEWS, lines: [3_763, 9_300], of: aspects },
  { name: 'clothing reviews', file: REVIEWS, lines: [13_330, 15_370], of: aspects },
  { name: 'airline tweets, stated reasons', file: AIRLINES, of: aspects, agreed: 0.6 },
  { name: 'airline tweets, mood', file: AIRLINES, of: polarity },
  { name: 'tweets about phones and search brands', file: 'sent_brand', of: polarity },
  { name: 'tweets about four technology brands', file: 'sent_sanders', of: polarity },
  { name: 'tweets of any kind', file: '../permissive/sent_tweets_dev', of: polarity },
  ...['de', 'es', 'fr', 'nl', 'pt'].flatMap((lang): QualitySet[] => [
    { name: `laptop reviews, ${lang} (translated)`, file: `multi_laptop_${lang}`, of: aspects },
    {
      name: `restaurant reviews, ${lang} (translated)`,
      file: `multi_restaurant_${lang}`,
      of: aspects,
    },
  ]),
  { name: 'complaints on Twitter', file: 'intent_complaints', of: intents },
  { name: 'suggestions to software makers', file: 'intent_suggestion', of: intents },
  { name: 'leaving telecoms', file: 'intent_churn_en', of: intents },
];
