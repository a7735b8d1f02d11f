import type { AspectHint, Classification, ClassifierInput } from '../domain/opinion.ts';
import { splitClauses } from './clauses.ts';
import { findJudgements } from './judgements.ts';
import { buildLexicon, type Lexicon, phrasesOf } from './lexicon/lexicon.ts';
import type { LanguagePack } from './lexicon/pack.ts';
import { packs } from './lexicon/packs.ts';
import { modelVersionOf } from './model-version.ts';
import { formOpinions, polarityOf } from './opinions.ts';
import { readClauses } from './reading.ts';
import { splitSentences } from './sentences.ts';
import {
  findIntents,
  isCompanyReply,
  isSpam,
  overallScore,
  urgencyOf,
  withOpinionIntents,
} from './signals.ts';
import { tellKind } from './text/kind.ts';
import { detectLanguage, type LanguageEvidence, languageEvidence } from './text/language.ts';
import { visibleRanges } from './text/mail-cleaner.ts';
import { type Token, tokenize } from './text/tokens.ts';

/** Reads opinions out of one text at a time; holds no state but caches, so equal inputs give equal answers. */
export interface Engine {
  /** Rules version and, when the workspace adds words, a digest of them. */
  readonly modelVersion: string;
  /**
   * Never throws for any string. At most the first 20,000 UTF-16 code units of what the writer wrote (mail without its
   * quotes, greeting and signature) are analysed, in linear time; spans always point into the text as given.
   */
  analyse(input: ClassifierInput): Classification;
}

/** Builds the engine from the built-in words of en, es, fr, de, pt and nl and the workspace's own aspect words. */
export function createEngine(hints: readonly AspectHint[]): Engine {
  const lexicons = new Map<string, Lexicon>();
  const evidence = evidenceOf(packs);
  const lexiconFor = (lang: string): Lexicon => {
    const pack = packs.find((candidate) => candidate.lang === lang) ?? packs[0];
    const known = lexicons.get(pack.lang);
    if (known !== undefined) return known;
    const built = buildLexicon(pack, hints);
    lexicons.set(pack.lang, built);
    return built;
  };
  return {
    modelVersion: modelVersionOf(hints),
    analyse: (input) => {
      const kind = input.kind ?? tellKind(input.text);
      const tokens = tokenize(input.text, visibleRanges(input.text, kind));
      const lang = languageOf(input, tokens, evidence);
      const lexicon = lang === 'und' ? bestLexicon(tokens, lexiconFor) : lexiconFor(lang);
      return { lang, ...read(input.text, tokens, lexicon, kind) };
    },
  };
}

function read(
  text: string,
  tokens: readonly Token[],
  lexicon: Lexicon,
  kind: NonNullable<ClassifierInput['kind']>,
): Omit<Classification, 'lang'> {
  const hits = lexicon.find(tokens);
  if (isCompanyReply(text, tokens, hits)) {
    return { spam: false, polarity: 'neutral', score: 0, intents: [], urgency: 0, opinions: [] };
  }
  const spam = isSpam(tokens, hits);
  const sentences = splitSentences(tokens, kind);
  const judgements = findJudgements(tokens, hits, lexicon);
  const clauses = splitClauses(tokens, sentences, hits, judgements);
  const readings = readClauses(tokens, clauses, sentences, hits, judgements);
  const opinions = spam ? [] : formOpinions(text, tokens, readings, kind);
  const score = overallScore(readings);
  const polarity = polarityOf(score);
  const intents = spam ? [] : withOpinionIntents(findIntents(readings, score), opinions);
  return {
    spam,
    polarity,
    score,
    intents,
    urgency: spam ? 0 : urgencyOf(tokens, hits, intents, polarity),
    opinions,
  };
}

function languageOf({ lang }: ClassifierInput, tokens: readonly Token[], evidence: LanguageEvidence): string {
  const told = lang?.toLowerCase().split(/[-_]/u)[0];
  return told !== undefined && packs.some((pack) => pack.lang === told)
    ? told
    : detectLanguage(tokens, evidence);
}

/** For a text too short to tell its language: the lexicon that knows most of its words, English first. */
function bestLexicon(tokens: readonly Token[], lexiconFor: (lang: string) => Lexicon): Lexicon {
  let best = lexiconFor('en');
  if (tokens.length > 40) return best;
  let most = wordsKnown(best, tokens);
  for (const { lang } of packs) {
    const known = wordsKnown(lexiconFor(lang), tokens);
    if (known > most) {
      best = lexiconFor(lang);
      most = known;
    }
  }
  return best;
}

function wordsKnown(lexicon: Lexicon, tokens: readonly Token[]): number {
  const hits = lexicon.find(tokens);
  return [...hits.aspect, ...hits.polarity, ...hits.liking].filter((hit) => tokens[hit.from]?.kind === 'word')
    .length;
}

function evidenceOf(all: readonly LanguagePack[]): LanguageEvidence {
  return languageEvidence(
    all.map((pack) => ({
      lang: pack.lang,
      functionWords: singleWords(pack, [pack.functionWords]),
      otherWords: singleWords(pack, [
        ...Object.values(pack.polarity),
        ...Object.values(pack.aspects).flatMap((words) => Object.values(words)),
        pack.negators,
        pack.intensifiers,
        pack.contrast,
        pack.urgency[2],
      ]),
    })),
  );
}

function singleWords(pack: LanguagePack, lists: readonly string[]): string[] {
  return lists
    .flatMap((list) => phrasesOf(list, pack.lang))
    .flatMap((words) => {
      const [word] = words;
      return words.length === 1 && word !== undefined ? [word.replace(/\*$/u, '')] : [];
    });
}
