import { JUDGED, type Lexicon } from './lexicon/lexicon.ts';
import type { Hit, Hits } from './lexicon/phrase-index.ts';
import { findHardships } from './patterns/hardships.ts';
import type { Token } from './text/tokens.ts';
import { wordSet } from './word-set.ts';

/** A word or phrase that judges: its tokens and its weight (about -4 to 4) after negation, degree and mockery. */
export interface Judgement {
  readonly from: number;
  readonly to: number;
  readonly weight: number;
}

/** How far before a word a negator still turns it, in tokens. */
const NEGATION_REACH = 4;
const LATE_NEGATION_REACH = 3;
/** Turned praise blames a little less than blame does; turned blame is hardly praise ("not terrible"). */
const TURNED_PRAISE = -0.8;
const TURNED_BLAME = -0.5;
const EMPHASIS = 1.2;
const MOCKERY_REACH = 12;
const MISHAP_CUES = wordSet(
  'another again still more yet delay delayed cancelled canceled otro otra encore noch schon alweer weer outro outra mais nochmal wieder retard atraso',
);
/** Behind a negator: more is said (`not only`), nothing is denied. */
const ONLY = wordSet(
  'only just solo sólo solamente únicamente nur bloß seulement só apenas somente alleen enkel',
);
/** French says `only` with a negator and a `que` behind it. */
const RESTRICTING = new Set(['ne', "n'"]);
const RESTRICTED = new Set(['que', "qu'"]);
const MOCK_OPENERS = wordSet('how that job when now , ... … . ! work');

/** All judging words of a text in order, general ones included where no curated phrase covers them. */
export function findJudgements(tokens: readonly Token[], hits: Hits, lexicon: Lexicon): Judgement[] {
  const covered = coverage(tokens.length, hits.polarity);
  const named = coverage(
    tokens.length,
    hits.aspect.filter((hit) => hit.weight >= JUDGED),
  );
  const negators = startsOf(hits.negator);
  const lateNegators = startsOf(hits['late-negator']);
  const degrees = new Map(hits.degree.map((hit) => [hit.to - 1, hit.weight]));
  const barriers = startsOf(hits.contrast);
  const near = lexicon.lang === 'en' ? 'no' : '';

  const found: Hit[] = strongestByPlace(hits.polarity);
  for (const [at, token] of tokens.entries()) {
    if (token.kind !== 'word' || covered[at] === 1 || named[at] === 1 || negators.has(at)) continue;
    const weight =
      lexicon.basePolarity(token.norm) ||
      (token.squeezed === undefined ? 0 : lexicon.basePolarity(token.squeezed));
    if (weight !== 0) found.push({ from: at, to: at + 1, name: '', weight });
  }
  found.push(...findHardships(tokens, covered));
  found.sort((a, b) => a.from - b.from);

  const judged = found.map((hit) => {
    let weight = hit.weight * emphasis(tokens, hit);
    const before = lookBack(tokens, hit.from, { negators, degrees, barriers, covered, near });
    weight *= before.degree;
    const isTurned =
      !holdsNegator(hit, negators) &&
      (before.isNegated || (weight > 0 && isNegatedLate(tokens, hit.to, lateNegators, covered)));
    if (isTurned) weight *= weight > 0 ? TURNED_PRAISE : TURNED_BLAME;
    return { from: hit.from, to: hit.to, weight };
  });
  const judging = judged.filter((judgement) => judgement.weight !== 0);
  return unmask(tokens, turnWishes(tokens, judging, hits), hits);
}

interface Context {
  readonly negators: ReadonlySet<number>;
  readonly degrees: ReadonlyMap<number, number>;
  readonly barriers: ReadonlySet<number>;
  readonly covered: Uint8Array;
  /** Turns only what stands right behind it (`no good`). */
  readonly near: string;
}

/** What was listed with its negation (`recommande pas`) is not turned by the rest of it (`ne`). */
function holdsNegator({ from, to }: Hit, negators: ReadonlySet<number>): boolean {
  for (let at = from; at < to; at += 1) if (negators.has(at)) return true;
  return false;
}

function lookBack(
  tokens: readonly Token[],
  from: number,
  context: Context,
): { isNegated: boolean; degree: number } {
  let isNegated = false;
  let degree = 1;
  let isRestricted = false;
  for (let at = from - 1; at >= Math.max(0, from - NEGATION_REACH); at -= 1) {
    const token = tokens[at];
    if (token === undefined || (token.kind !== 'word' && token.kind !== 'handle') || context.barriers.has(at))
      break;
    if (from - at <= 2 && degree === 1) degree = context.degrees.get(at) ?? 1;
    isRestricted ||= RESTRICTED.has(token.norm);
    const isOnly = ONLY.has(tokens[at + 1]?.norm ?? '') || (isRestricted && RESTRICTING.has(token.norm));
    const reaches = token.norm !== context.near || from - at <= 2;
    if (context.negators.has(at) && context.covered[at] !== 1 && !isOnly && reaches) {
      isNegated = true;
      break;
    }
  }
  return { isNegated, degree };
}

function isNegatedLate(
  tokens: readonly Token[],
  to: number,
  late: ReadonlySet<number>,
  covered: Uint8Array,
): boolean {
  for (let at = to; at < Math.min(tokens.length, to + LATE_NEGATION_REACH); at += 1) {
    if (tokens[at]?.kind !== 'word') return false;
    if (late.has(at) && covered[at] !== 1) return true;
  }
  return false;
}

function emphasis(tokens: readonly Token[], hit: Hit): number {
  for (let at = hit.from; at < hit.to; at += 1) {
    if (tokens[at]?.isShouted === true || tokens[at]?.squeezed !== undefined) return EMPHASIS;
  }
  return 1;
}

/** How far behind a wish what is wished for may stand, in tokens. */
const WISH_REACH = 8;
/** What one wishes for is lacking. */
const WISHED_PRAISE = -0.7;

/** Turns praise that is wished for into what is lacking: `just wish it was cheaper`. */
function turnWishes(tokens: readonly Token[], judgements: readonly Judgement[], hits: Hits): Judgement[] {
  const wished = new Uint8Array(tokens.length);
  for (const { to } of hits.wish) {
    for (let at = to; at < Math.min(tokens.length, to + WISH_REACH); at += 1) {
      if (tokens[at]?.kind === 'stop' || tokens[at]?.kind === 'break') break;
      wished[at] = 1;
    }
  }
  return judgements.map((judgement) =>
    judgement.weight > 0 && wished[judgement.from] === 1
      ? { ...judgement, weight: judgement.weight * WISHED_PRAISE }
      : judgement,
  );
}

/** Turns praise that only mocks: `great, another delay`, `love how you lost my bag`. */
function unmask(tokens: readonly Token[], judgements: readonly Judgement[], hits: Hits): Judgement[] {
  const blamed = startsOf(judgements.filter((judgement) => judgement.weight <= -1));
  const contrasts = startsOf(hits.contrast);
  const mocking = new Set<number>();
  for (const hit of hits['mock-praise']) {
    if (!MOCK_OPENERS.has(tokens[hit.to]?.norm ?? '') && !MOCK_OPENERS.has(tokens[hit.to - 1]?.norm ?? ''))
      continue;
    let isCued = false;
    let isBlamed = false;
    for (let at = hit.to; at < Math.min(tokens.length, hit.to + MOCKERY_REACH); at += 1) {
      if (contrasts.has(at) || tokens[at]?.norm === '\n\n') break;
      isCued ||= MISHAP_CUES.has(tokens[at]?.norm ?? '') || tokens[at]?.norm === 'how';
      isBlamed ||= blamed.has(at);
    }
    if (isCued && isBlamed) mocking.add(hit.from);
  }
  const isMarked = tokens.some(
    (token) => token.isTag && (token.norm === 'sarcasm' || token.norm === 'not' || token.norm === 'irony'),
  );
  return judgements.map((judgement) =>
    judgement.weight > 0 && (isMarked || mocking.has(judgement.from))
      ? { ...judgement, weight: -1 }
      : judgement,
  );
}

function strongestByPlace(hits: readonly Hit[]): Hit[] {
  const best = new Map<number, Hit>();
  for (const hit of hits) {
    const old = best.get(hit.from);
    if (old === undefined || Math.abs(hit.weight) > Math.abs(old.weight)) best.set(hit.from, hit);
  }
  return [...best.values()];
}

function coverage(length: number, hits: readonly Hit[]): Uint8Array {
  const covered = new Uint8Array(length);
  for (const hit of hits) covered.fill(1, hit.from, hit.to);
  return covered;
}

function startsOf(hits: readonly { readonly from: number }[]): Set<number> {
  return new Set(hits.map((hit) => hit.from));
}
