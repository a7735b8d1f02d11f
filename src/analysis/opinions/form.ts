import { BUILT_IN_ASPECTS, INTENTS, type Intent } from '../../domain/words.ts';
import type { Clause } from '../clauses.ts';
import type { Evidence } from '../evidence.ts';
import { clauseLogit, type Reading } from '../heads/combine.ts';
import type { TextReader, Verdict } from '../heads/judge.ts';
import { sigmoid } from '../heads/outputs.ts';
import { MOST_CLAUSES } from '../heads/units.ts';
import { namedIn } from '../named.ts';
import { leanOnWhole } from './agree.ts';
import { type Draft, polarityOf } from './draft.ts';
import { ownAspectsOf } from './own-aspects.ts';

/** How far behind the clause that speaks most of an aspect another may stand and still speak of it, in logits. */
const NEAR = 1;
/** A clause as clear as this speaks of the aspect, whatever others do. */
const CLEAR = 2;
/** Where other aspects are named, one that is not must be as likely as this: in its clause, in a short text anywhere. */
const BESIDE_NAMED = 0.5;
const BESIDE_NAMED_IN_SHORT = 0.7;
const SHORT = 16;
/** What nothing speaks of, we are never sure of. */
const OTHER_CHANCE = 0.2;
const OTHER_JUDGED = 0.5;
const OWN_CHANCE = 0.6;
/** What only resembles examples is below what is routed: a person is asked. */
const RESEMBLING_CHANCE = 0.38;
/** What few write and each of them is worth hearing of: who buys and who leaves. */
const RARE = 0;
/** Intents a clause has by its own words, what weighs most first; complaint and praise follow from how it judges. */
const WANTS: Readonly<Partial<Record<Intent, number>>> = {
  churn: RARE,
  purchase: RARE,
  suggestion: 1,
  question: 2,
};

/** From this chance on a clause says by its own words what is wanted, and from that on the text says who buys or leaves. */
const WANTED_IN_CLAUSE = 0.4;
const CLEARLY_WANTED = 0.4;

/** What a text was found to hold. */
export interface Found {
  readonly reading: Reading;
  readonly verdict: Verdict;
  /** Positions of the built-in aspects that are given. */
  readonly aspects: readonly number[];
  /** Surest first. */
  readonly intents: ReadonlySet<Intent>;
}

/** Drafts of opinions in the order of the text: what a text speaks of is put to the clauses that say it. */
export function formDrafts(found: Found, reader: TextReader): Draft[] {
  const { reading } = found;
  const clauses = clausesOf(reading);
  if (clauses.length === 0) return [];
  const own = ownAspectsOf(reading.evidence, clauses);
  const named = namedIn(reading.evidence, clauses);
  const namedAnywhere = new Set(named.flatMap((names) => [...names]));
  const isShort = reading.evidence.tokens.length <= SHORT;
  const bar = isShort ? BESIDE_NAMED_IN_SHORT : BESIDE_NAMED;
  const drafts: Draft[] = [];
  const rivals = new Set<string>();
  for (const aspect of found.aspects) {
    const name = BUILT_IN_ASPECTS[aspect];
    if (name === undefined) continue;
    const chance = found.verdict.aspects[aspect] ?? 0;
    const carriers = carriersOf(reading, aspect, clauses);
    const isOnly = carriers.length === 1 && found.aspects.length === 1 && own.found.length === 0;
    for (const at of carriers) {
      const names = isShort ? namedAnywhere : named[at];
      const isRivalled = names !== undefined && names.size > 0 && !names.has(name);
      if (own.covers(at, name)) continue;
      if (isRivalled && chance < bar) for (const rival of names) rivals.add(rival);
      else drafts.push(draftOf(found, reader, { name, aspect, at, chance, isOnly }));
    }
  }
  for (const { aspect, at, isNamed } of own.found) {
    const builtIn = (BUILT_IN_ASPECTS as readonly string[]).indexOf(aspect);
    if (drafts.some((draft) => draft.aspect === aspect && draft.clauseFrom === at)) continue;
    drafts.push(
      draftOf(found, reader, {
        name: aspect,
        aspect: builtIn,
        at,
        chance: isNamed ? OWN_CHANCE : RESEMBLING_CHANCE,
        isOnly: false,
      }),
    );
  }
  if (drafts.length === 0) drafts.push(...rivalOf(found, reader, clauses, rivals));
  if (drafts.length === 0) drafts.push(...otherOf(found, reader, clauses));
  const carried = carryRare(found, drafts);
  return carried.toSorted((a, b) => a.clauseFrom - b.clauseFrom).filter((draft) => !isIdle(draft, carried));
}

/** Who clearly buys or leaves says so in one of the opinions, whatever else weighs there: in the one whose words say most of it. */
function carryRare(found: Found, drafts: readonly Draft[]): readonly Draft[] {
  const { reading, intents } = found;
  const [rare] = [...intents].filter((intent) => WANTS[intent] === RARE && isClear(found, intent));
  if (rare === undefined || drafts.some(({ intent }) => intent !== 'none' && WANTS[intent] === RARE))
    return drafts;
  const fitting = drafts.filter(({ chances }) => fits(rare, polarityOf(chances)));
  const [carrier] = (fitting.length > 0 ? fitting : drafts).toSorted(
    (a, b) => clauseWants(reading, b.clauseFrom, rare) - clauseWants(reading, a.clauseFrom, rare),
  );
  return drafts.map((draft) => (draft === carrier ? { ...draft, intent: rare } : draft));
}

/** Who leaves does not say so in praise. */
function fits(intent: Intent, polarity: string): boolean {
  return intent !== 'churn' || polarity !== 'positive';
}

function isClear({ verdict }: Found, intent: Intent): boolean {
  return (verdict.intents[INTENTS.indexOf(intent)] ?? 0) >= CLEARLY_WANTED;
}

/** How far a clause says by its own words what the writer wants. */
function clauseWants(reading: Reading, at: number, intent: Intent): number {
  return sigmoid(clauseLogit(reading, at, 'intent', INTENTS.indexOf(intent)));
}

function clausesOf({ evidence: { clauses } }: Reading): readonly Clause[] {
  return clauses.slice(0, MOST_CLAUSES);
}

/** The clauses that speak of an aspect; tags and headings say nothing beside words on it. */
function carriersOf(reading: Reading, aspect: number, clauses: readonly Clause[]): number[] {
  const logits = clauses.map((_, at) => clauseLogit(reading, at, 'aspect', aspect));
  const places = [...clauses.keys()];
  const worded = places.filter((at) => (logits[at] ?? 0) >= 0 && !isAside(reading, clauses[at]));
  const carriers = worded.length > 0 ? worded : places;
  const top = Math.max(...carriers.map((at) => logits[at] ?? 0));
  return carriers.filter((at) => {
    const logit = logits[at] ?? 0;
    return logit === top || logit >= CLEAR || (logit >= 0 && logit >= top - NEAR);
  });
}

function isAside(reading: Reading, clause: Clause | undefined): boolean {
  const { tokens } = reading.evidence;
  const areTags = tokens.slice(clause?.from, clause?.to).every(({ kind, isTag }) => kind !== 'word' || isTag);
  return areTags || (clause?.sentence === 0 && hasHeading(reading.evidence));
}

/** How long a heading is at most, in tokens. */
const LONGEST_HEADING = 14;

/** Whether the first line stands above the text: a mail's subject, or elsewhere a short line that does not judge. */
function hasHeading({ kind, tokens, sentences: [first, second], judgements }: Evidence): boolean {
  if (first === undefined || second === undefined || first.to > LONGEST_HEADING) return false;
  const isAbove = tokens[first.to - 1]?.kind === 'break' || tokens[first.to]?.kind === 'break';
  return isAbove && (kind === 'mail' || !judgements.some(({ from }) => from < first.to));
}

interface Place {
  readonly name: string;
  /** Position of a built-in aspect, -1 for one the workspace added. */
  readonly aspect: number;
  readonly at: number;
  readonly chance: number;
  /** Whether no other clause and no other aspect is spoken of. */
  readonly isOnly: boolean;
}

function draftOf(found: Found, reader: TextReader, { name, aspect, at, chance, isOnly }: Place): Draft {
  const clause = found.reading.evidence.clauses[at];
  const own = reader.polarityOf(found.reading, aspect, at);
  const chances = isOnly ? leanOnWhole(own, found.verdict.polarity) : own;
  return {
    aspect: name,
    chances,
    aspectChance: chance,
    intent: intentOf(found, at, polarityOf(chances)),
    from: clause?.from ?? 0,
    to: clause?.to ?? 0,
    clauseFrom: at,
    clauseTo: at + 1,
  };
}

function intentOf(found: Found, at: number, polarity: string): Intent | 'none' {
  const { reading, intents } = found;
  // Of those that weigh the same the surest stays first: who buys does not leave.
  const wants = [...intents]
    .filter((intent) => WANTS[intent] !== undefined && (WANTS[intent] !== RARE || isClear(found, intent)))
    .toSorted((a, b) => (WANTS[a] ?? 0) - (WANTS[b] ?? 0));
  for (const intent of wants)
    if (fits(intent, polarity) && clauseWants(reading, at, intent) > WANTED_IN_CLAUSE) return intent;
  if (polarity === 'negative' && intents.has('complaint')) return 'complaint';
  if (polarity === 'positive' && intents.has('praise')) return 'praise';
  return polarity === 'neutral' && reading.units === 1 ? (wants[0] ?? 'none') : 'none';
}

/** Where each given aspect gave way to one that is named, and nothing else is said, the likeliest of the named is what it speaks of. */
function rivalOf(
  found: Found,
  reader: TextReader,
  clauses: readonly Clause[],
  rivals: ReadonlySet<string>,
): Draft[] {
  const chanceOf = (aspect: number): number => found.verdict.aspects[aspect] ?? 0;
  const [aspect] = BUILT_IN_ASPECTS.flatMap((name, at) => (rivals.has(name) ? [at] : [])).toSorted(
    (a, b) => chanceOf(b) - chanceOf(a),
  );
  const name = BUILT_IN_ASPECTS[aspect ?? -1];
  if (aspect === undefined || name === undefined) return [];
  return carriersOf(found.reading, aspect, clauses)
    .slice(0, 1)
    .map((at) => draftOf(found, reader, { name, aspect, at, chance: chanceOf(aspect), isOnly: true }));
}

/** A text that judges but speaks of nothing we know. */
function otherOf(found: Found, reader: TextReader, clauses: readonly Clause[]): Draft[] {
  const { verdict } = found;
  const isJudging = Math.max(verdict.polarity[0], verdict.polarity[2]) >= OTHER_JUDGED;
  if (!isJudging || found.intents.size === 0) return [];
  let strongest = 0;
  let most = -1;
  for (const [at] of clauses.entries()) {
    const [negative, , positive] = reader.polarityOf(found.reading, -1, at);
    if (Math.max(negative, positive) > most) [strongest, most] = [at, Math.max(negative, positive)];
  }
  return [
    draftOf(found, reader, { name: 'other', aspect: -1, at: strongest, chance: OTHER_CHANCE, isOnly: false }),
  ];
}

/** A plain statement about an aspect says nothing beside a judgement of the same aspect. */
function isIdle(draft: Draft, all: readonly Draft[]): boolean {
  const isPlain =
    polarityOf(draft.chances) === 'neutral' && (draft.intent === 'none' || draft.intent === 'question');
  return (
    isPlain && all.some((other) => other.aspect === draft.aspect && polarityOf(other.chances) !== 'neutral')
  );
}
