import type {
  AccountLine,
  AspectTally,
  DigestDocument,
  EvidenceFilter,
  ItemSection,
  QuoteItem,
  QuoteTexts,
  SilentAccount,
  Tile,
} from '../domain/digest.ts';
import { digestUrl, evidenceUrl, mentionUrl, quoteKey } from './evidence.ts';
import { tileNotes } from './tiles.ts';

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
    workspace: frozen.workspace,
    date: today.date,
    zone: definition.zone,
    window: { from: today.from, to: today.to, is_over: !frozen.isPartial },
    compared_with: { date: before.date, from: before.from, to: before.to, has_figures: document.hasBefore },
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
    urgent: section(document.urgent),
    purchase: section(document.purchase),
    churn: section(document.churn),
    top_accounts: {
      of: accounts.rosterSize,
      heard: accounts.heard.map((account) => accountJson(account, link)),
      silent: accounts.silent.map(silentJson),
      silence: accounts.silence,
    },
    not_heard: document.notHeard.map(({ text, filter }) => ({
      text,
      evidence: filter === null ? null : link(filter),
    })),
    bins: { ...frozen.bins },
    config_version: frozen.configVersion,
    models: document.models,
    compiled_at: frozen.compiledAt,
    next_run: frozen.nextRun,
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
