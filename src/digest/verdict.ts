import type {
  AccountLine,
  DigestDocument,
  DigestFacts,
  EvidenceFilter,
  ItemSection,
  Sentence,
  Tally,
  ThemeLine,
  Tile,
} from '../domain/digest.ts';
import { decisionOf } from './decision.ts';
import { beforeName, duringWords, thenWords } from './period-words.ts';
import { aspectOf, changeFrom, hasBefore, peopleWithChange } from './tiles.ts';
import { capitalised, count, cut, FEW_VOICES, listed, number, people } from './words.ts';

/** A change of fewer people is not called one. */
const MOVED_BY = 3;
const SUBJECT_LENGTH = 78;
const PREHEADER_LENGTH = 120;

interface Parts {
  readonly facts: DigestFacts;
  readonly tiles: readonly Tile[];
  readonly themes: readonly ThemeLine[];
  readonly urgent: ItemSection;
  readonly heard: readonly AccountLine[];
  readonly late: Tally;
  readonly troubles: number;
}

interface Mover {
  readonly aspect: string;
  /** Null: all who spoke of it, where neither those who spoke well nor those who spoke badly moved alone. */
  readonly polarity: 'negative' | 'positive' | null;
  readonly now: number;
  readonly was: number;
}

/**
 * The digest in one to six sentences from fixed forms: what moved most, the best news, the decision that is wanted, then what else
 * cannot wait. Each says no more than its figures.
 */
export function verdictOf(parts: Parts): DigestDocument['verdict'] {
  const { facts, late } = parts;
  const { total } = facts.counted.today;
  const lateSentence: Sentence[] =
    late.messages > 0
      ? [sentence(`${count(late.messages, 'more message')} of earlier days came in late.`, { late: true })]
      : [];
  if (total.messages === 0) {
    const sentences = [
      sentence(emptyLine(parts), null),
      ...decisionOf(facts.frozen, parts.themes),
      ...lateSentence,
    ];
    return withSubject(parts, subjectOfEmptyDay(parts), sentences);
  }
  const mover = biggestMover(parts);
  const first = mover === null ? stillSentence(parts) : moverSentence(mover, facts);
  const best = bestNews(parts, mover);
  const sentences = [
    first,
    ...troublesSentence(parts),
    ...best,
    ...decisionOf(facts.frozen, parts.themes),
    ...urgentSentence(parts),
    ...accountsSentence(parts.heard),
    ...lateSentence,
  ];
  return withSubject(parts, mover === null ? stillSubject(parts) : moverSubject(mover, parts), sentences);
}

function withSubject(
  { facts }: Parts,
  subject: string,
  sentences: readonly Sentence[],
): DigestDocument['verdict'] {
  const { department } = facts.frozen.definition;
  const prefix = department === undefined ? '' : `[${cut(department, 20)}] `;
  const rest = sentences.slice(1).map(({ text }) => text);
  return {
    subject: cut(`${prefix}${subject}`, SUBJECT_LENGTH),
    preheader: cut(rest.length > 0 ? rest.join(' ') : (sentences[0]?.text ?? ''), PREHEADER_LENGTH),
    sentences,
  };
}

function sentence(text: string, filter: EvidenceFilter | null): Sentence {
  return { text, filter };
}

/** The aspect and polarity whose people changed most against the same weekday; one kind of voice needs five on either day. */
function biggestMover({ facts, tiles }: Parts): Mover | null {
  if (!hasBefore(facts)) return null;
  const told = tiles.flatMap(({ aspect, today, before }) => [
    { aspect, polarity: 'negative' as const, now: today.negative.people, was: before.negative.people },
    { aspect, polarity: 'positive' as const, now: today.positive.people, was: before.positive.people },
  ]);
  const all = tiles.map(({ aspect, today, before }) => ({
    aspect,
    polarity: null,
    now: today.all.people,
    was: before.all.people,
  }));
  return furthest(told) ?? furthest(all);
}

function furthest(candidates: readonly Mover[]): Mover | null {
  const movers = candidates.filter(
    ({ now, was }) => Math.max(now, was) >= FEW_VOICES && Math.abs(now - was) >= MOVED_BY,
  );
  return movers.toSorted((a, b) => Math.abs(b.now - b.was) - Math.abs(a.now - a.was))[0] ?? null;
}

function moverSentence({ aspect, polarity, now, was }: Mover, { frozen }: DigestFacts): Sentence {
  const spoke = { negative: 'spoke badly of', positive: 'spoke well of', all: 'spoke of' }[polarity ?? 'all'];
  const text = `${capitalised(whoOf(now))} ${spoke} ${aspect}, ${changeFrom(now, was)} ${thenWords(frozen)}.`;
  const filter = { aspect, ...(polarity !== null && { polarity }) };
  return sentence(text, now > 0 ? filter : { ...filter, day: frozen.before.date });
}

function moverSubject({ aspect, polarity, now, was }: Mover, { heard, facts }: Parts): string {
  const base = `${capitalised(aspect)}: ${whoOf(now)}${polarity === null ? '' : ` ${polarity}`}, ${changeFrom(now, was)}`;
  const upset = heard.filter(({ mood }) => mood === 'upset').length;
  const longer = `${base}; ${upset} of top ${facts.frozen.roster.length} accounts upset`;
  return upset > 0 && longer.length <= SUBJECT_LENGTH - 10 ? longer : base;
}

function whoOf(count: number): string {
  return count === 0 ? 'nobody' : people(count);
}

function stillSentence({ facts, tiles }: Parts): Sentence {
  const { total } = facts.counted.today;
  const heard = `${count(total.messages, 'message')} from ${people(total.people)}`;
  if (total.people < FEW_VOICES)
    return sentence(`A quiet ${facts.frozen.edition}: ${heard}, too few to speak of a change.`, {});
  if (!hasBefore(facts)) {
    return sentence(`${heard}; no figures for ${beforeName(facts.frozen)} yet to compare with.`, {});
  }
  const loudest = tiles.toSorted((a, b) => b.today.all.people - a.today.all.people)[0];
  const most = loudest ? ` Most spoke of ${loudest.aspect}: ${people(loudest.today.all.people)}.` : '';
  return sentence(
    `${heard}; no aspect with ${FEW_VOICES} people or more moved by ${MOVED_BY} against ${beforeName(facts.frozen)}.${most}`,
    {},
  );
}

function stillSubject({ facts }: Parts): string {
  const { total } = facts.counted.today;
  const heard = `${count(total.messages, 'message')} from ${people(total.people)}`;
  if (total.people < FEW_VOICES) return `Quiet ${facts.frozen.edition}: ${heard}`;
  return hasBefore(facts) ? `${heard}, nothing moved` : heard;
}

/** What was not heard may be why there is less of it. */
function troublesSentence({ troubles, facts }: Parts): readonly Sentence[] {
  if (troubles === 0) return [];
  const { total } = facts.frozen.sources;
  return [
    sentence(
      `Figures may be low: ${number(troubles)} of ${count(total, 'source')} could not be heard in full.`,
      null,
    ),
  ];
}

/** The aspect most people spoke well of, unless the first sentence said so. */
function bestNews({ facts, tiles }: Parts, mover: Mover | null): readonly Sentence[] {
  const best = tiles.toSorted((a, b) => b.today.positive.people - a.today.positive.people)[0];
  if (best === undefined || best.today.positive.people < FEW_VOICES) return [];
  const isSaid = mover?.polarity === 'positive' && mover.now > mover.was && mover.aspect === best.aspect;
  if (isSaid) return [];
  const day = hasBefore(facts) ? thenWords(facts.frozen) : null;
  const then = aspectOf(facts.counted.before, best.aspect).positive.people;
  const [who, ...change] = peopleWithChange(best.today.positive.people, then, day).split(', ');
  const tail = change.length > 0 ? `, ${change.join(', ')}` : '';
  return [
    sentence(`Best news: ${who} spoke well of ${best.aspect}${tail}.`, {
      aspect: best.aspect,
      polarity: 'positive',
    }),
  ];
}

function urgentSentence({ urgent, facts }: Parts): readonly Sentence[] {
  if (urgent.today.messages === 0) return [];
  const names = new Set(urgent.items.flatMap(({ accountId }) => facts.counted.names[accountId ?? ''] ?? []));
  const from =
    names.size > 0 ? `, some from ${listed([...names].slice(0, 3).map((name) => cut(name, 40)))}` : '';
  return [
    sentence(`Look at first: ${count(urgent.today.messages, 'urgent message')}${from}.`, { urgent: true }),
  ];
}

function accountsSentence(heard: readonly AccountLine[]): readonly Sentence[] {
  const upset = heard.filter(({ mood }) => mood === 'upset');
  if (upset.length === 0) return [];
  const names = upset.slice(0, 3).map(({ name }) => cut(name, 40));
  const more = upset.length - names.length;
  const who = more > 0 ? `${names.join(', ')} and ${more} more` : listed(names);
  return [sentence(`${count(upset.length, 'top account')} said more bad than good: ${who}.`, null)];
}

function emptyLine({ facts, troubles }: Parts): string {
  const { sources, bins, aspects } = facts.frozen;
  const what = aspects === null ? 'no message with an opinion' : 'no message on what this department owns';
  const held =
    bins.quarantined > 0 ? ` ${count(bins.quarantined, 'message is', 'messages are')} in quarantine.` : '';
  const health =
    sources.total === 0
      ? ' No source is set up yet.'
      : troubles === 0
        ? ` No trouble at ${sources.total === 1 ? 'the source' : `the ${sources.total} sources`}.`
        : ` ${count(troubles, 'source has', 'sources have')} trouble.`;
  return `All quiet ${duringWords(facts.frozen)}: ${what}.${held}${health}`;
}

function subjectOfEmptyDay({ facts, troubles }: Parts): string {
  const trouble = troubles > 0 ? `; ${count(troubles, 'source has', 'sources have')} trouble` : '';
  return `All quiet ${duringWords(facts.frozen)}${trouble}`;
}
