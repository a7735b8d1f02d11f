import type { Hit } from '../lexicon/phrase-index.ts';
import { normAt, type Token } from '../text/tokens.ts';
import { wordSet } from '../word-set.ts';

const CANNOT = wordSet("can't cannot cant couldn't couldnt");
const CAN = wordSet(
  `can could podría podria podía puedo puede podemos pudo pueden peux peut pouvons pouvait pourrait pu könnte konnte kann können hätte hätten geht poderia podia posso pode
  poderiam dava kon kan kunnen had konden`,
);
const NOT = wordSet('not never no ne pas nicht não nao niet');
const BETTER = wordSet(
  `better easier happier nicer friendlier smoother simpler kinder mejor mejores mieux meilleur meilleure meilleurs besser bessere besseren
  netter freundlicher einfacher melhor melhores beter betere vriendelijker makkelijker`,
);
const WORSE = wordSet(
  'worse ruder peor peores pire pis schlechter schlimmer unfreundlicher pior piores slechter erger onvriendelijker',
);
const MORE = wordSet('more más plus mais');
const ENOUGH = wordSet('enough higher highly suficiente assez genug genoeg');
const COMMEND =
  /^(?:recc?omm?end|recommand|empfehl|empfohl|aanra|aanbev|thank|praise|commend|dank|lob|remerci|agradec|elogi|stress|say)/u;
/** What is not had or said to be so is simply lacking (`couldn't get a better signal`, `can't say it's better`). */
const LACKED = wordSet('get say find afford decide obtener conseguir kriegen bekommen krijgen');
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
  const said = {
    isNegated: CANNOT.has(first) || from < at,
    isLacked: false,
    isEnough: false,
    isCommended: false,
  };
  for (let to = at + 1; to <= at + REACH && isWord(tokens[to]); to += 1) {
    const word = normAt(tokens, to);
    said.isNegated ||= NOT.has(word);
    said.isLacked ||= LACKED.has(word);
    said.isEnough ||= ENOUGH.has(word);
    said.isCommended ||= COMMEND.test(word);
    const weight = said.isEnough && said.isCommended ? STRENGTH : compared(word);
    if (weight === undefined) continue;
    const isLacking = said.isLacked && !said.isEnough;
    return said.isNegated && !isLacking ? { from, to: to + 1, name: '', weight } : undefined;
  }
  return undefined;
}

function compared(word: string): number | undefined {
  if (BETTER.has(word)) return STRENGTH;
  if (WORSE.has(word)) return -STRENGTH;
  return MORE.has(word) ? 0 : undefined;
}

function isWord(token: Token | undefined): token is Token {
  return token?.kind === 'word';
}
