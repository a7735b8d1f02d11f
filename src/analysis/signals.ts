import type { ClassifiedOpinion, IntentScore } from '../domain/opinion.ts';
import type { Intent, Polarity, Urgency } from '../domain/words.ts';
import type { Hits } from './lexicon/phrase-index.ts';
import { round, scoreOf } from './opinions.ts';
import type { ClauseReading } from './reading.ts';
import type { Token } from './text/tokens.ts';

const CONTRASTED = 1.3;
const COMPLAINED = -0.3;
const PRAISED = 0.3;

/** Score of the whole text, -1 to 1: the clauses' weights summed, those after a contrast word counting more. */
export function overallScore(readings: readonly ClauseReading[]): number {
  let sum = 0;
  for (const { clause, weight } of readings) sum += weight * (clause.isContrasted ? CONTRASTED : 1);
  return round(scoreOf(sum));
}

/** What the writer wants, surest first. */
export function findIntents(readings: readonly ClauseReading[], score: number): IntentScore[] {
  const found = new Map<Intent, number>();
  const raise = (intent: Intent, confidence: number): void => {
    found.set(intent, Math.max(found.get(intent) ?? 0, round(confidence)));
  };
  for (const reading of readings) {
    const own = scoreOf(reading.weight);
    if (own <= COMPLAINED) raise('complaint', Math.min(0.95, 0.45 - own / 2));
    if (own >= PRAISED) raise('praise', Math.min(0.95, 0.45 + own / 2));
    if (reading.complains.length > 0 && (own < 0 || score < 0)) raise('complaint', 0.75);
    if (reading.isQuestion) raise('question', reading.asks.length > 0 ? 0.85 : 0.55);
    if (reading.suggests.length > 0) raise('suggestion', 0.7);
    if (reading.buys.length > 0) raise('purchase', own < 0 ? 0.5 : 0.75);
    if (reading.leaves.length > 0) raise('churn', 0.75);
  }
  return Array.from(found, ([intent, confidence]) => ({ intent, confidence })).toSorted(
    (a, b) => b.confidence - a.confidence,
  );
}

/** Mere times of day: pressing beside a complaint, nothing special beside a question. */
const TIMES = new Set(
  'today tonight tomorrow morning hoy mañana aujourd demain heute morgen hoje amanhã vandaag vanavond direct'.split(
    ' ',
  ),
);

/** How soon somebody should look: danger words stand alone, time words count only where something is wrong. */
export function urgencyOf(
  tokens: readonly Token[],
  hits: Hits,
  intents: readonly IntentScore[],
  polarity: Polarity,
): Urgency {
  const wants = new Set(intents.map(({ intent }) => intent));
  const isWrong = polarity === 'negative' || wants.has('complaint') || wants.has('churn');
  const pressing = hits.urgency.filter((hit) => isWrong || !TIMES.has(tokens[hit.from]?.norm ?? ''));
  const strongest = pressing.reduce((most, hit) => Math.max(most, hit.weight), 0);
  if (strongest === 3 && (isWrong || polarity === 'neutral')) return 3;
  if (strongest >= 2 && (isWrong || wants.has('question') || polarity === 'neutral')) return 2;
  return isWrong || wants.has('question') || (strongest === 1 && polarity !== 'positive') ? 1 : 0;
}

const LONG_NUMBER = /^\p{N}{5,}$/u;

/** Whether the text advertises or cheats. One cue is nobody's proof; links, numbers and money add to several. */
export function isSpam(tokens: readonly Token[], hits: Hits): boolean {
  const cues = new Set(hits.spam.map((hit) => tokens[hit.from]?.norm)).size;
  if (cues === 0) return false;
  let signs = 0;
  if (tokens.some((token) => token.kind === 'link')) signs += 1;
  if (tokens.some((token) => token.kind === 'word' && LONG_NUMBER.test(token.norm))) signs += 1;
  if (
    tokens.some(
      (token) => token.kind === 'mark' && (token.norm === '£' || token.norm === '$' || token.norm === '€'),
    )
  )
    signs += 1;
  if (tokens.some((token) => token.kind === 'stop' && token.norm.startsWith('!!'))) signs += 0.5;
  const isPersonal = tokens.some((token) => token.kind === 'handle') || hits.complaint.length > 0;
  return cues + signs >= (isPersonal ? 4 : 2);
}

const POSSESSIVES = new Set('my mine mein meine meinen mon ma mes mi mis meu minha mijn'.split(' '));
const OWN_POLITENESS = new Set('apologies pleasure team colleague colleagues'.split(' '));
/** How agents sign: `^JH`, `*TKR`, `~RD`, `-Greg`. */
const AGENT_MARK = /(?:[\^*~/] ?\p{Lu}\p{L}{1,11}|\^\p{L}{2,3}|\s[-–] ?\p{Lu}\p{L}{0,11})\s*\.?$/u;
const TRAILING_LINKS = /(?:\s*https?:\/\/\S{1,60})+\s*$/u;

/** Whether a company speaks to a customer (`we are sorry to hear …, please DM us`), which is no customer opinion. */
export function isCompanyReply(text: string, tokens: readonly Token[], hits: Hits): boolean {
  const isToSomebody = tokens[0]?.kind === 'handle';
  const isSigned = AGENT_MARK.test(text.slice(-160).replace(TRAILING_LINKS, '').trimEnd());
  const cues = hits.ours.length + (isToSomebody && isSigned ? 1 : 0);
  if (hits.ours.length === 0 && !(isToSomebody && isSigned && tokens.length > 6)) return false;
  const isCustomer = tokens.some(
    (token, at) => POSSESSIVES.has(token.norm) && !OWN_POLITENESS.has(tokens[at + 1]?.norm ?? ''),
  );
  return (
    cues >= (isCustomer ? 3 : isToSomebody || isSigned ? 1 : 2) && !(isCustomer && hits.complaint.length > 0)
  );
}

/** Intents of opinions count for the text too, so that no opinion wants what its text does not. */
export function withOpinionIntents(
  intents: readonly IntentScore[],
  opinions: readonly ClassifiedOpinion[],
): IntentScore[] {
  const known = new Set<string>(intents.map(({ intent }) => intent));
  const added = new Map<Intent, number>();
  for (const { intent, confidence } of opinions) {
    if (intent !== 'none' && !known.has(intent))
      added.set(intent, Math.max(added.get(intent) ?? 0, confidence));
  }
  return [...intents, ...Array.from(added, ([intent, confidence]) => ({ intent, confidence }))];
}
