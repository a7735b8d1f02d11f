import type { Hit } from '../lexicon/phrase-index.ts';
import type { Token } from '../text/tokens.ts';

const words = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/u));

const CANNOT = words("can't cannot cant couldn't couldnt");
const CAN = words(
  `can could podría podria podía puede pudo pueden peut pouvait pourrait pu könnte konnte kann hätte hätten geht poderia podia pode
  poderiam dava kon kan had konden`,
);
const NOT = words('not never no ne pas nicht não nao niet');
const BETTER = words(
  `better easier happier nicer friendlier smoother simpler kinder mejor mejores mieux meilleur meilleure meilleurs besser bessere besseren
  netter freundlicher einfacher melhor melhores beter betere vriendelijker makkelijker`,
);
const WORSE = words(
  'worse ruder peor peores pire pis schlechter schlimmer unfreundlicher pior piores slechter erger onvriendelijker',
);
const MORE = words('more más plus mais');
const ENOUGH = words('enough higher highly suficiente assez genug genoeg');
const COMMEND =
  /^(?:recc?omm?end|recommand|empfehl|empfohl|aanraad|aanrad|aan|thank|praise|commend|dank|lob|remerci|agrade|agradec|elogi|stress|say)/u;
/** What is not had or said to be so is simply lacking (`couldn't get a better signal`, `can't say it's better`). */
const LACKED = words('get say find afford decide obtener conseguir kriegen bekommen krijgen');
const REACH = 7;
const STRENGTH = 2.5;

/**
 * Praise and blame that say nothing could outdo it (`could not have been easier`, `couldn't be worse`, `can't recommend it enough`):
 * judging phrases that hold their own negation. Behind `couldn't be more` the word that follows judges as it stands.
 */
export function findOutdone(tokens: readonly Token[]): Hit[] {
  const hits: Hit[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const hit = isWord(tokens[at]) ? outdoneAt(tokens, at) : undefined;
    if (hit === undefined) continue;
    hits.push(hit);
    at = hit.to - 1;
  }
  return hits;
}

function outdoneAt(tokens: readonly Token[], at: number): Hit | undefined {
  const first = normAt(tokens, at);
  if (!CANNOT.has(first) && !CAN.has(first)) return undefined;
  const from = NOT.has(normAt(tokens, at - 1)) ? at - 1 : at;
  let isNegated = CANNOT.has(first) || from < at;
  let isCommended = false;
  for (let to = at + 1; to <= at + REACH && isWord(tokens[to]); to += 1) {
    const word = normAt(tokens, to);
    if (LACKED.has(word) && !COMMEND.test(word)) return undefined;
    isNegated ||= NOT.has(word);
    isCommended ||= COMMEND.test(word);
    const weight = weightOf(word, isCommended);
    if (weight === undefined) continue;
    return isNegated ? { from, to: to + 1, name: '', weight } : undefined;
  }
  return undefined;
}

function weightOf(word: string, isCommended: boolean): number | undefined {
  if (BETTER.has(word)) return STRENGTH;
  if (WORSE.has(word)) return -STRENGTH;
  if (MORE.has(word)) return 0;
  return isCommended && ENOUGH.has(word) ? STRENGTH : undefined;
}

function isWord(token: Token | undefined): token is Token {
  return token?.kind === 'word';
}

function normAt(tokens: readonly Token[], at: number): string {
  return tokens[at]?.norm ?? '';
}
