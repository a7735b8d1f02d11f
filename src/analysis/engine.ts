import type {
  AspectHint,
  Classification,
  ClassifiedOpinion,
  ClassifierInput,
  IntentScore,
} from '../domain/opinion.ts';
import { BUILT_IN_ASPECTS, INTENTS, type Intent, type Urgency } from '../domain/words.ts';
import { isCompanyReply } from './company-reply.ts';
import { createEvidenceReader, type Evidence, type EvidenceReader, fillerWords } from './evidence.ts';
import { WordTable } from './features/word-features.ts';
import type { WordVectors } from './features/word-vectors.ts';
import { softSum } from './heads/combine.ts';
import { createTextReader, type Verdict } from './heads/judge.ts';
import { createWordWeigher, type WordWeigher } from './heads/word-weigher.ts';
import type { Residual } from './learning/residual.ts';
import {
  MODEL_FOLDER,
  type Model,
  readModel,
  readWordVectors,
  type Thresholds,
} from './model/model-files.ts';
import { versionWith } from './model-version.ts';
import { namedIn } from './named.ts';
import { leanOnOpinions } from './opinions/agree.ts';
import { confidenceOf, type Draft, polarityOf, round, scoreOf } from './opinions/draft.ts';
import { formDrafts } from './opinions/form.ts';
import { mergeAdjacent } from './opinions/merge.ts';
import { reasonsOf } from './opinions/why.ts';

/** Reads opinions out of one text at a time; holds no state but caches, so equal inputs give equal answers. */
export interface Engine {
  /** Names the model and, when the workspace adds words, a digest of them. */
  readonly modelVersion: string;
  /**
   * Never throws for any string. At most the first 20,000 UTF-16 code units of what the writer wrote (mail without its
   * quotes, greeting and signature) are analysed, in linear time; spans always point into the text as given.
   */
  analyse(input: ClassifierInput): Classification;
}

/** What an engine runs on; default: what ships with the code. */
export interface EngineParts {
  readonly model: Model;
  readonly vectors: WordVectors;
  /** What the workspace's corrections add. */
  readonly residual?: Residual | null;
  /** Reads with the same words as `hints` give; for many engines over the same words. */
  readonly read?: EvidenceReader;
}

/** Builds the engine from what was learned, the built-in words of en, es, fr, de, pt and nl and the workspace's own aspect words. */
export function createEngine(hints: readonly AspectHint[], parts: EngineParts = shippedParts()): Engine {
  const { model, vectors, residual = null, read: readEvidence = createEvidenceReader(hints) } = parts;
  const words = new WordTable(vectors);
  const limits: Limits =
    residual === null ? { ...model.thresholds, meant: 0 } : learnedLimits(model.thresholds);
  const reader = createTextReader(model.heads, words, vectors, residual);
  const weigher = createWordWeigher(model.heads.weights, words, vectors, fillerWords());
  return {
    modelVersion: versionWith(model.version, hints),
    analyse: (input) => {
      const evidence = readEvidence(input);
      const { lang } = evidence;
      if (evidence.clauses.length === 0) return { lang, ...NOTHING };
      const reading = reader.read(evidence);
      const verdict = reader.judge(reading);
      if (isSpam(verdict, evidence, limits.spam))
        return { lang, ...NOTHING, ...overall(verdict.polarity), spam: true };
      if (isCompanyReply(evidence) || verdict.ours >= limits.ours) return { lang, ...NOTHING };
      const intents = intentsOf(verdict, limits, evidence);
      const aspects = aspectsOf(verdict, limits, { evidence, intents });
      const found = { reading, verdict, aspects, intents: new Set(intents.map(({ intent }) => intent)) };
      const drafts = mergeAdjacent(evidence.tokens, formDrafts(found, reader));
      return {
        lang,
        spam: false,
        ...overall(leanOnOpinions(verdict.polarity, drafts, verdict.voice)),
        intents,
        urgency: urgencyOf(verdict, limits),
        opinions: drafts.map((draft) => present(evidence, draft, weigher)),
      };
    },
  };
}

/** From here on the lexicon's judging words count, as {@link softSum}. */
const JUDGED_BY_WORDS = 0.3;
/** Share of its threshold that is enough for an aspect that a clause names alone, with judging words. */
const RESCUED = 0.4;
const JUDGING: ReadonlySet<Intent> = new Set(['complaint', 'praise']);
/** Who asks for something asks somebody: so much of its threshold is enough for the likeliest aspect. */
const ASKING: ReadonlySet<Intent> = new Set(['question', 'suggestion', 'purchase']);
const ASKED = 0.35;
/** Share of its threshold from which on service is meant where it is twice as likely as the product. */
const HELPED = 0.5;
const COMPLAINT = INTENTS.indexOf('complaint');
const PRODUCT = BUILT_IN_ASPECTS.indexOf('product');
const SERVICE = BUILT_IN_ASPECTS.indexOf('service');
/** Above this chance of neutral a text is not taken to judge. */
const MOSTLY_NEUTRAL = 0.5;

/** The model that ships with the code. */
export function shippedParts(): EngineParts {
  return { model: readModel(MODEL_FOLDER), vectors: readWordVectors(MODEL_FOLDER) };
}

const NOTHING = {
  spam: false,
  polarity: 'neutral',
  score: 0,
  intents: [],
  urgency: 0,
  opinions: [],
} as const;

/** From which chances on labels are given. */
interface Limits extends Thresholds {
  /** Share of its threshold that what is meant needs where a text judges and names nothing. */
  readonly meant: number;
}

/** Corrections make the chances of aspects come true in their workspace, so that what is likelier than not is given there, and tell when the product is not meant. */
function learnedLimits(thresholds: Thresholds): Limits {
  const even = BUILT_IN_ASPECTS.map(() => 0.5);
  return { ...thresholds, aspects: { post: even, mail: even, review: even }, meant: 0.5 };
}

/** From this chance on nothing speaks against spam; where it is phrased as advertisers do, from that on. */
const CERTAIN = 0.9;
const PHRASED = 0.5;

/** Who complains is heard, unless spam is likelier still. */
function isSpam({ spam, ours, intents }: Verdict, { hits }: Evidence, limit: number): boolean {
  const isCertain = spam >= (hits.spam.length > 0 ? PHRASED : CERTAIN);
  return spam >= limit && spam > ours && (isCertain || spam > (intents[COMPLAINT] ?? 0));
}

function overall(chances: Verdict['polarity']): Pick<Classification, 'polarity' | 'score'> {
  return { polarity: polarityOf(chances), score: round(chances[2] - chances[0]) };
}

/**
 * Positions of the aspects a text speaks of. Who judges as a customer judges something: a text that does so without any
 * aspect being likely enough is about the product, or about those who help where it thanks or speaks rather of them.
 */
function aspectsOf(
  { aspects, polarity }: Verdict,
  limits: Limits,
  { evidence, intents }: { evidence: Evidence; intents: readonly IntentScore[] },
): number[] {
  const { kind, tokens } = evidence;
  const judged = Math.abs(softSum(evidence, 0, tokens.length)) >= JUDGED_BY_WORDS;
  const clear = clearlyNamed(evidence);
  const given = BUILT_IN_ASPECTS.flatMap((name, at) => {
    const share = clear.has(name) ? RESCUED : 1;
    return (aspects[at] ?? 0) >= share * (limits.aspects[kind][at] ?? 1) ? [at] : [];
  });
  if (given.length > 0) return given;
  if (intents.some(({ intent }) => ASKING.has(intent))) {
    const likeliest = aspects.indexOf(Math.max(...aspects));
    return (aspects[likeliest] ?? 0) >= ASKED * (limits.aspects[kind][likeliest] ?? 1) ? [likeliest] : [];
  }
  const isJudging =
    polarity[1] <= MOSTLY_NEUTRAL && (judged || intents.some(({ intent }) => JUDGING.has(intent)));
  const share = (at: number): number => (aspects[at] ?? 0) / (limits.aspects[kind][at] ?? 1);
  const isOfHelp = evidence.hits.thanks.length > 0 || share(SERVICE) >= Math.max(HELPED, 2 * share(PRODUCT));
  const meant = isOfHelp ? SERVICE : PRODUCT;
  return isJudging && share(meant) >= limits.meant ? [meant] : [];
}

/** Aspects that some clause names alone, with judging words. */
function clearlyNamed(evidence: Evidence): ReadonlySet<string> {
  const named = namedIn(evidence, evidence.clauses);
  const clear = new Set<string>();
  for (const [at, { from, to }] of evidence.clauses.entries()) {
    const [name, ...others] = named[at] ?? [];
    if (name !== undefined && others.length === 0 && Math.abs(softSum(evidence, from, to)) >= JUDGED_BY_WORDS)
      clear.add(name);
  }
  return clear;
}

/** What the writer wants, surest first. */
function intentsOf({ intents }: Verdict, limits: Thresholds, { kind }: Evidence): IntentScore[] {
  return INTENTS.flatMap((intent: Intent, at) => {
    const confidence = round(intents[at] ?? 0);
    return confidence >= (limits.intents[kind][at] ?? 1) ? [{ intent, confidence }] : [];
  }).toSorted((a, b) => b.confidence - a.confidence);
}

function urgencyOf({ urgency }: Verdict, limits: Thresholds): Urgency {
  const levels = [3, 2, 1] as const;
  return levels.find((level) => (urgency[level - 1] ?? 0) >= (limits.urgency[level - 1] ?? 1)) ?? 0;
}

function present(evidence: Evidence, draft: Draft, weigher: WordWeigher): ClassifiedOpinion {
  const { start, end } = trimmed(evidence, draft);
  return {
    aspect: draft.aspect,
    polarity: polarityOf(draft.chances),
    score: scoreOf(draft.chances),
    intent: draft.intent,
    confidence: confidenceOf(draft),
    start,
    end,
    text: evidence.text.slice(start, end),
    why: reasonsOf(evidence, draft, weigher),
  };
}

/** The clause without the signs, breaks and handles around it. */
function trimmed({ tokens }: Evidence, { from, to }: Draft): { start: number; end: number } {
  const counts = (at: number): boolean => tokens[at]?.kind === 'word' || tokens[at]?.kind === 'emoji';
  let first = from;
  let last = to - 1;
  while (first < last && !counts(first)) first += 1;
  while (last > first && !counts(last)) last -= 1;
  return { start: tokens[first]?.start ?? 0, end: tokens[last]?.end ?? 0 };
}
