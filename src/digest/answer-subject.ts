import type { Subject } from '../domain/answer.ts';
import type { Aspect } from '../domain/words.ts';

const MOST_WORDS = 6;
const MOST_LETTERS = 60;

/** Words people use for the aspects that every workspace has. */
const ASPECT_WORDS: Readonly<Record<string, Aspect>> = Object.fromEntries(
  Object.entries({
    product: 'product products software app application platform tool solution quality',
    sales: 'sale sales selling salespeople seller sellers salesman salesmen salesforce',
    pricing: 'price prices pricing cost costs fee fees billing discount discounts value',
    service: 'service services support helpdesk help care delivery onboarding',
  }).flatMap(([aspect, synonyms]) => synonyms.split(' ').map((word) => [word, aspect])),
);
const TEAM =
  /\s+(?:team|department|dept|people|staff|folks|guys|reps?|representatives?|force|desk|plans?|model|policy|levels?)$/i;
const LEAD = /^(?:our|the|their|your|my|this|that|these|those|a|an|new|latest|current|all|of|about)\s+/i;
const TAIL =
  /[\s,]+(?:these days|right now|at the moment|recently|currently|lately|now|so far|in general|overall|at all|most|the most|very much|a lot|much|then)$/i;
const NOTHING =
  /^(?:|us|it|them|you|everything|anything|something|things|stuff|what|our company|company|business)$/i;

/** What is asked about; null when the words are too many to be the name of something. */
export function readSubject(words: string, aspects: readonly Aspect[]): Subject | null {
  const term = strip(words);
  if (NOTHING.test(term)) return { kind: 'everything' };
  const aspect = readAspect(term, aspects);
  if (aspect !== null) return { kind: 'aspect', aspect };
  const isName =
    term.split(/\s+/).length <= MOST_WORDS && term.length <= MOST_LETTERS && /[\p{L}\p{N}]/u.test(term);
  return isName ? { kind: 'term', term } : null;
}

function strip(words: string): string {
  let text = words.trim();
  for (let before = ''; before !== text; ) {
    before = text;
    text = text
      .replace(/^["'“”‘’\s]+|["'“”‘’\s,;:]+$/gu, '')
      .replace(LEAD, '')
      .replace(TAIL, '');
  }
  return text;
}

function readAspect(term: string, aspects: readonly Aspect[]): Aspect | null {
  const whole = term.toLowerCase();
  const bare = whole
    .replace(TEAM, '')
    .replace(/^(?:customer|client|tech(?:nical)?|after[- ]sales)\s+(?=service|support|care)/, '');
  for (const word of [whole, bare]) {
    const own = aspects.find((aspect) => aspect.toLowerCase() === word);
    const known = own ?? ASPECT_WORDS[word];
    if (known !== undefined && aspects.includes(known)) return known;
  }
  return null;
}
