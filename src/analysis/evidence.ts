import type { AspectHint, ClassifierInput } from '../domain/opinion.ts';
import type { ChannelKind } from '../domain/words.ts';
import { type Clause, cursor, splitClauses } from './clauses.ts';
import { findJudgements, type Judgement } from './judgements.ts';
import { buildLexicon, type Lexicon, NAMED } from './lexicon/lexicon.ts';
import type { LanguagePack } from './lexicon/pack.ts';
import { packs } from './lexicon/packs.ts';
import type { Hit, Hits } from './lexicon/phrase-index.ts';
import { phrasesOf } from './lexicon/phrases.ts';
import { findAmounts } from './patterns/amounts.ts';
import { findOutdone } from './patterns/outdone.ts';
import { findPeople } from './patterns/people.ts';
import { findRatings } from './patterns/ratings.ts';
import { type Sentence, splitSentences } from './sentences.ts';
import { tellKind } from './text/kind.ts';
import { createLanguageTeller, type LanguageEvidence, languageEvidence } from './text/language.ts';
import { visibleRanges } from './text/mail-cleaner.ts';
import { type Token, tokenize } from './text/tokens.ts';

/** Everything that is read off a text before a head judges it. */
export interface Evidence {
  readonly text: string;
  /** ISO 639-1 code, or `und`. */
  readonly lang: string;
  readonly kind: ChannelKind;
  /** Of what the writer wrote now; mail without quotes, greeting and signature. */
  readonly tokens: readonly Token[];
  readonly hits: Hits;
  readonly judgements: readonly Judgement[];
  readonly sentences: readonly Sentence[];
  readonly clauses: readonly Clause[];
}

export type EvidenceReader = (input: ClassifierInput) => Evidence;

/** Reads evidence with the built-in words of en, es, fr, de, pt and nl and the workspace's own aspect words. Linear in the text. */
export function createEvidenceReader(hints: readonly AspectHint[]): EvidenceReader {
  const lexicons = new Map<string, Lexicon>();
  const tellLanguage = createLanguageTeller(evidenceOf(packs));
  const lexiconFor = (lang: string): Lexicon => {
    const pack = packs.find((candidate) => candidate.lang === lang) ?? packs[0];
    const known = lexicons.get(pack.lang);
    if (known !== undefined) return known;
    const built = buildLexicon(pack, hints);
    lexicons.set(pack.lang, built);
    return built;
  };
  return (input) => {
    const { text } = input;
    const kind = input.kind ?? tellKind(text);
    const tokens = tokenize(text, visibleRanges(text, kind));
    const lang = languageOf(input) ?? tellLanguage(tokens);
    const lexicon = lang === 'und' ? bestLexicon(tokens, lexiconFor) : lexiconFor(lang);
    const found = withJudging(lexicon.find(tokens), [...findOutdone(tokens), ...findRatings(tokens)]);
    const hits = withoutHiddenTurns(withAspects(found, findAmounts(tokens)));
    const sentences = splitSentences(tokens, kind);
    const judgements = findJudgements(tokens, hits, lexicon);
    const clauses = splitClauses(tokens, sentences, hits, judgements);
    return {
      text,
      lang,
      kind,
      tokens,
      hits: withoutLentService(withAspects(hits, findPeople(text, tokens, judgements)), clauses),
      judgements,
      sentences,
      clauses,
    };
  };
}

function withAspects(hits: Hits, more: readonly Hit[]): Hits {
  if (more.length === 0) return hits;
  return { ...hits, aspect: [...hits.aspect, ...more].toSorted((a, b) => a.from - b.from) };
}

/** Judging phrases that hide what they cover. */
function withJudging(hits: Hits, more: readonly Hit[]): Hits {
  if (more.length === 0) return hits;
  const others = hits.polarity.filter((hit) => !more.some(({ from, to }) => from < hit.to && hit.from < to));
  return { ...hits, polarity: [...others, ...more].toSorted((a, b) => a.from - b.from) };
}

/** Within a longer phrase (`anything but`, `last but not least`) a contrast word turns nothing. */
function withoutHiddenTurns(hits: Hits): Hits {
  if (hits.contrast.length === 0) return hits;
  const longest = new Map<number, number>();
  for (const { from, to } of [...hits.negator, ...hits.polarity])
    for (let at = from; at < to; at += 1) longest.set(at, Math.max(longest.get(at) ?? 0, to - from));
  return { ...hits, contrast: hits.contrast.filter(({ from, to }) => (longest.get(from) ?? 0) <= to - from) };
}

/** How salespeople or a bill are dealt with is told in words of service (`the sales rep never called back`), which then name none. */
function withoutLentService(hits: Hits, clauses: readonly Clause[]): Hits {
  const within = cursor(hits.aspect);
  const lent = new Set<Hit>();
  for (const clause of clauses) {
    const here = within(clause);
    const isOwned = here.some(
      ({ name, weight }) => (name === 'sales' || name === 'pricing') && weight >= NAMED,
    );
    const isServed = here.some(({ name, weight }) => name === 'service' && weight >= NAMED);
    if (isOwned && !isServed) for (const hit of here) if (hit.name === 'service') lent.add(hit);
  }
  return lent.size === 0 ? hits : { ...hits, aspect: hits.aspect.filter((hit) => !lent.has(hit)) };
}

/** The most frequent words of all languages, which say nothing by themselves. */
export function fillerWords(): ReadonlySet<string> {
  return new Set(packs.flatMap((pack) => singleWords(pack, [pack.functionWords, pack.pronouns])));
}

function languageOf({ lang }: ClassifierInput): string | undefined {
  const told = lang?.toLowerCase().split(/[-_]/u)[0];
  return packs.find((pack) => pack.lang === told)?.lang;
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
        ...Object.values(pack.aspects).flatMap(({ names, hints }) => [names, hints]),
        pack.negators,
        pack.intensifiers,
        pack.contrast,
        pack.lateContrast,
        pack.urgency[2],
      ]),
    })),
  );
}

/** An entry of a list that is one word. */
const SINGLE = /(?<=^|,)\s*([^\s,]+)\s*(?=,|$)/gu;

function singleWords(pack: LanguagePack, lists: readonly string[]): string[] {
  return lists
    .flatMap((list) => Array.from(list.matchAll(SINGLE), ([, entry]) => entry ?? ''))
    .flatMap((entry) => phrasesOf(entry, pack.lang))
    .flatMap((phrase) => (phrase.includes(' ') ? [] : [phrase.replace(/\*$/u, '')]));
}
