import type { Hit } from '../lexicon/phrase-index.ts';
import type { Token } from '../text/tokens.ts';
import { wordSet } from '../word-set.ts';

const UNITS = wordSet(
  'min mins minute minutes hr hrs hour hours day days week weeks month months times minuto minutos hora horas día días semana semanas meses vez veces jour jours heure heures semaine semaines mois fois minuten stunde stunden tag tage tagen woche wochen monate monaten mal dia dias mês vezes uur uren dag dagen weken maanden keer',
);
const NUMBERS = wordSet(
  'two three four five six seven eight ten several many dos tres deux trois zwei drei vier duas três twee drie',
);
/** What makes a length of time a grievance when it stands beside it. */
const BURDENS = wordSet(
  'wait waited waiting hold late delay delayed stuck sitting sat still tried trying calling called emailed trapped over already since ago esperando espera tarde retraso llamado attends attente attendu retard appelé gewartet warte warten verspätung angerufen seit espera esperei atraso liguei há wacht gewacht wachten vertraging gebeld al',
);
const CANNOT = wordSet("can't cannot cant couldn't couldnt won't wont wouldn't wouldnt");
const CANNOT_IN_TWO = new Set(['can not', 'could not', 'unable to', 'not able', 'will not', 'would not']);
const FAILING_TAG = /(?:fail|sucks|worst|scam|ripoff|notgood|neveragain|unhappy|disappointed)/u;

const REACH = 5;
const HARDSHIP = -1.2;
const INABILITY = -0.8;

/**
 * Complaints without a judging word: a length of time beside waiting or trying (`3 hours on hold`), something that cannot
 * be done (`couldn't log in`), a hashtag that says so (`#airlinefail`). Places a curated phrase covers are left to it.
 */
export function findHardships(tokens: readonly Token[], covered: Uint8Array): Hit[] {
  const hits: Hit[] = [];
  for (const [at, token] of tokens.entries()) {
    if (token.kind !== 'word' || covered[at] === 1) continue;
    if (token.isTag && token.norm.length > 4 && FAILING_TAG.test(token.norm))
      hits.push(hit(at, at + 1, HARDSHIP * 1.5));
    else if (UNITS.has(token.norm) && isCounted(tokens[at - 1]) && isBurdened(tokens, at))
      hits.push(hit(at - 1, at + 1, HARDSHIP));
    else {
      const verb = at + lengthOfCannot(tokens, at);
      if (verb > at && tokens[verb]?.kind === 'word' && covered[verb] !== 1)
        hits.push(hit(at, verb + 1, INABILITY));
    }
  }
  return hits;
}

function hit(from: number, to: number, weight: number): Hit {
  return { from, to, name: '', weight };
}

/** How many tokens say from `at` on that something cannot be done; 0 for none. */
function lengthOfCannot(tokens: readonly Token[], at: number): number {
  const [first, second] = [tokens[at]?.norm ?? '', tokens[at + 1]?.norm ?? ''];
  if (CANNOT.has(first)) return 1;
  return CANNOT_IN_TWO.has(`${first} ${second}`) ? 2 : 0;
}

function isCounted(token: Token | undefined): boolean {
  return token?.kind === 'word' && (/^\p{N}+$/u.test(token.norm) || NUMBERS.has(token.norm));
}

function isBurdened(tokens: readonly Token[], unit: number): boolean {
  for (let at = Math.max(0, unit - REACH); at <= Math.min(tokens.length - 1, unit + REACH); at += 1) {
    if (BURDENS.has(tokens[at]?.norm ?? '')) return true;
  }
  return false;
}
