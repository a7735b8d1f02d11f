import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Real posts that may be read in tests and never copied into the project; they stand beside the checkout where there are any. */
export const AIRLINE_TWEETS = fileURLToPath(
  new URL('../../../shared/real/airline-tweets.csv', import.meta.url),
);

export const hasSharedData = existsSync(AIRLINE_TWEETS);

/** Appended to the name of a test that needs the real posts, so that a skipped one shows why. */
export const NEEDS_SHARED = hasSharedData ? '' : ' (skipped: ../shared/real is not there)';

/** Labelled sets that only measure; none of their texts goes into the project. */
export const LABELLED_SETS = fileURLToPath(new URL('../../../shared/nlp/research', import.meta.url));
