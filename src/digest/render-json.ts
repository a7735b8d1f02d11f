import type {
  AccountLine,
  AspectTally,
  DigestDocument,
  EvidenceFilter,
  ItemSection,
  QuoteItem,
  QuoteTexts,
  SilentAccount,
  ThemeLine,
  Tile,
} from '../domain/digest.ts';
import { caseUrl, digestUrl, evidenceUrl, mentionUrl, quoteKey } from './evidence.ts';
import { dayLine, refusedConfigLine, rereadLine } from './footer.ts';
import { beforeName, thenWords } from './period-words.ts';
import { restatedSentence } from './restated.ts';
import { lastingSentences } from './theme-words.ts';
import { tileNotes } from './tiles.ts';
import { caseTitle, closedWords, openWords, standingWords, waitingSentence } from './work-words.ts';

/** The digest for machines. Keys stand in a fixed order; `format` rises when one changes its meaning. */
export function renderJson(document: DigestDocument, texts: QuoteTexts): Readonly<Record<string, unknown>> {
  const { frozen, verdict, accounts } = document;
  const { definition, today, before } = frozen;
  const link = (filter: EvidenceFilter): string => evidenceUrl(frozen, filter);
  const item = (one: QuoteItem): object => itemJson(one, document, texts);
  const section = ({ today: tally, before: tallyBefore, items }: ItemSection): object => ({
    today: tally,
    before: tallyBefore,
    items: items.map(item),
  });
  return {
    format: document.format,
    digest: definition.name,
    department: definition.department ?? null,
    edition: frozen.edition,
    workspace: frozen.workspace,
    date: today.date,
    zone: definition.zone,
    period: dayLine(document),
    window: { from: today.from, to: today.to, is_over: !frozen.isPartial },
    compared_with: {
      date: before.date,
      from: before.from,
      to: before.to,
      has_figures: document.hasBefore,
      name: beforeName(frozen),
      at: thenWords(frozen),
    },
    url: digestUrl(frozen),
    is_empty: document.isEmpty,
    verdict: {
      subject: verdict.subject,
      sentences: verdict.sentences.map(({ text, filter }) => ({
        text,
        evidence: filter === null ? null : link(filter),
      })),
    },
    total: { ...document.total, evidence: link({}) },
    total_before: document.totalBefore,
    late: { ...document.late, evidence: link({ late: true }) },
    aspects: document.tiles.map((tile) => tileJson(tile, link, item)),
    themes: document.themes.map((line) => themeJson(line, link, item)),
    restated: document.restated,
    restated_words: restatedSentence(document.restated),
    stayed: lastingSentences(frozen),
    urgent: section(document.urgent),
    purchase: section(document.purchase),
    churn: section(document.churn),
    top_accounts: {
      of: accounts.rosterSize,
      heard: accounts.heard.map((account) => accountJson(account, link)),
      silent: accounts.silent.map(silentJson),
      silence: accounts.silence,
    },
    work: workJson(document, item),
    not_heard: document.notHeard.map(({ text, filter }) => ({
      text,
      evidence: filter === null ? null : link(filter),
    })),
    bins: { ...frozen.bins },
    config_version: frozen.configVersion,
    models: document.models,
    reread: rereadLine(frozen),
    ...(frozen.configRefusedAt !== null && { refused_config: refusedConfigLine(frozen) }),
    compiled_at: frozen.compiledAt,
    next_run: frozen.nextRun,
  };
}

function themeJson(
  { theme, stage, words, quotes }: ThemeLine,
  link: (filter: EvidenceFilter) => string,
  item: (one: QuoteItem) => object,
): object {
  const { id, name, aspect, today, recent, earlier, firstHeardAt, standing } = theme;
  return {
    id,
    name,
    aspect,
    stage,
    words,
    today,
    recent,
    earlier,
    first_heard_at: firstHeardAt,
    standing: standingWords(standing),
    case: standing?.caseId ?? null,
    evidence: link({ theme: id }),
    quotes: quotes.map(item),
  };
}

function workJson({ frozen }: DigestDocument, item: (one: QuoteItem) => object): object {
  const { closed, open, openCases, overdue, dueSoon, misroutes } = frozen.work;
  return {
    waiting: waitingSentence(frozen.work),
    open_cases: openCases,
    overdue,
    due_soon: dueSoon,
    open: open.map((each) => ({
      case: each.caseId,
      url: caseUrl(frozen, each.caseId),
      title: caseTitle(each),
      words: openWords(each, frozen),
      department: each.department,
      status: each.status,
      owner: each.owner,
      urgency: each.urgency,
      ...each.tally,
      opened_at: each.openedAt,
      due_at: each.dueAt,
      bounces: each.bounces,
      quote: each.quote === null ? null : item(each.quote),
    })),
    closed: closed.map((each) => ({
      case: each.caseId,
      url: caseUrl(frozen, each.caseId),
      title: caseTitle(each),
      words: closedWords(each, frozen),
      department: each.department,
      owner: each.owner,
      resolution: each.resolution,
      closed_at: each.closedAt,
      upset_before: each.before,
      upset_after: each.after,
      days: each.days,
      quote: each.quote === null ? null : item(each.quote),
    })),
    misroutes,
  };
}

function accountJson(account: AccountLine, link: (filter: EvidenceFilter) => string): object {
  const { id, name, tier, owner, revenue, mood, messages, people, negative, positive } = account;
  const evidence = link({ account: id });
  return { name, tier, owner, revenue, mood, messages, people, negative, positive, evidence };
}

function silentJson({ name, tier, owner, revenue, lastHeard }: SilentAccount): object {
  return { name, tier, owner, revenue, last_heard: lastHeard };
}

function tallies({ all, negative, neutral, positive }: AspectTally): object {
  return { ...all, negative, neutral, positive };
}

function tileJson(
  tile: Tile,
  link: (filter: EvidenceFilter) => string,
  item: (one: QuoteItem) => object,
): object {
  const { aspect, today, before } = tile;
  return {
    aspect,
    today: tallies(today),
    before: tallies(before),
    change: `${tile.change.arrow} ${tile.change.words}`.trim(),
    notes: tileNotes(tile),
    trend: tile.trend,
    evidence: {
      all: link({ aspect }),
      negative: link({ aspect, polarity: 'negative' }),
      neutral: link({ aspect, polarity: 'neutral' }),
      positive: link({ aspect, polarity: 'positive' }),
    },
    quotes: tile.quotes.map(item),
  };
}

function itemJson(item: QuoteItem, { frozen, names }: DigestDocument, texts: QuoteTexts): object {
  const { ref, aspect, polarity, intent, urgency, platform, accountId } = item;
  const text = texts.get(quoteKey(ref)) ?? null;
  return {
    mention: ref.mentionId,
    url: mentionUrl(frozen, ref.mentionId),
    text,
    erased: text === null,
    aspect,
    polarity,
    intent,
    urgency,
    platform,
    account: accountId === null ? null : (names[accountId] ?? null),
  };
}
