import type {
  AccountActivity,
  AccountFact,
  AccountLine,
  DigestDocument,
  DigestFacts,
  QuoteItem,
  SilentAccount,
} from '../domain/digest.ts';
import { localDate } from './calendar.ts';
import { chooseQuotes } from './choose-quotes.ts';
import { quotedItems } from './evidence.ts';
import { notHeardOf } from './not-heard.ts';
import { restatementsOf } from './restated.ts';
import { themeLines } from './theme-lines.ts';
import { hasBefore, tileAspects, tileOf } from './tiles.ts';
import { verdictOf } from './verdict.ts';
import { shortDate } from './words.ts';

const QUOTES_A_TILE = 2;
const URGENT_ITEMS = 5;
const INTENT_ITEMS = 3;
/** An account is silent when nothing was heard from it for so long. */
const SILENT_AFTER_DAYS = 60;
const DAY_MS = 86_400_000;

/** What was chosen by looking at texts; a text that was erased since can no longer be looked at. */
export type TextChoices = Pick<DigestDocument, 'tiles' | 'themes' | 'urgent' | 'purchase' | 'churn'>;

/**
 * Makes the digest of the facts. Pure: the same facts give the same document. With `choices`, quotes and echo flags are
 * taken from there instead of being chosen anew.
 */
export function compileDigest(facts: DigestFacts, choices?: TextChoices): DigestDocument {
  const { frozen, counted } = facts;
  const shown = new Set<string>();
  const pick = (matches: (item: QuoteItem) => boolean, limit: number) =>
    chooseQuotes(counted.candidates.filter(matches), limit, shown);

  // Urgent words go to the urgent list first, whatever they are about.
  const urgentItems = choices?.urgent.items ?? pick(({ urgency }) => urgency >= 2, URGENT_ITEMS);
  const themes =
    choices?.themes ??
    themeLines(facts, (theme, wanted) =>
      chooseQuotes(
        theme.quotes.filter(wanted).map((quote, index) => ({ ...quote, weight: -index, thread: null })),
        1,
        shown,
      ),
    );
  const churnItems = choices?.churn.items ?? pick(({ intent }) => intent === 'churn', INTENT_ITEMS);
  const purchaseItems = choices?.purchase.items ?? pick(({ intent }) => intent === 'purchase', INTENT_ITEMS);
  const tiles = tileAspects(facts).map((aspect) => {
    const chosen = choices?.tiles.find((tile) => tile.aspect === aspect);
    const quotes =
      chosen?.quotes ??
      bothSides((matches, limit) => pick((item) => item.aspect === aspect && matches(item), limit));
    const tile = tileOf(aspect, facts, quotes);
    return chosen === undefined ? tile : { ...tile, echo: chosen.echo };
  });

  const urgent = { today: counted.today.urgent, before: counted.before.urgent, items: urgentItems };
  const heard = heardAccounts(frozen.roster, counted.activity);
  const silent = silentAccounts(facts);
  const total = counted.today.total;
  const notHeard = notHeardOf(frozen, silent);
  const document: Omit<DigestDocument, 'names'> = {
    format: 2,
    frozen,
    models: counted.models,
    verdict: verdictOf({
      facts,
      tiles,
      themes,
      urgent,
      heard,
      late: counted.late,
      troubles: frozen.sources.troubles.length,
    }),
    isEmpty: total.messages === 0 && counted.late.messages === 0,
    total,
    totalBefore: counted.before.total,
    hasBefore: hasBefore(facts),
    tiles,
    themes,
    restated: restatementsOf(frozen.told, counted.trend.at(-1)),
    urgent,
    purchase: { today: counted.today.purchase, before: counted.before.purchase, items: purchaseItems },
    churn: { today: counted.today.churn, before: counted.before.churn, items: churnItems },
    accounts: { rosterSize: frozen.roster.length, heard, silent, silence: silenceOf(facts) },
    late: counted.late,
    notHeard,
  };
  return { ...document, names: quotedNames(document, { ...counted.names, ...frozen.names }) };
}

/** The strongest words, then the strongest of the other opinion where there is one. */
function bothSides(
  pick: (matches: (item: QuoteItem) => boolean, limit: number) => readonly QuoteItem[],
): readonly QuoteItem[] {
  const first = pick(() => true, 1);
  const other = pick(({ polarity }) => polarity !== 'neutral' && polarity !== first[0]?.polarity, 1);
  const rest = QUOTES_A_TILE - first.length - other.length;
  return [...first, ...other, ...(first.length > 0 && rest > 0 ? pick(() => true, rest) : [])];
}

function heardAccounts(
  roster: readonly AccountFact[],
  activity: readonly AccountActivity[],
): readonly AccountLine[] {
  return roster.flatMap((account) => {
    const said = activity.find(({ accountId, messages }) => accountId === account.id && messages > 0);
    if (said === undefined) return [];
    const { messages, people, negative, positive } = said;
    return [{ ...account, mood: moodOf(said), messages, people, negative, positive }];
  });
}

function moodOf({ negative, positive }: AccountActivity): AccountLine['mood'] {
  if (negative > positive) return 'upset';
  if (positive > negative) return 'delighted';
  return positive > 0 ? 'mixed' : 'neutral';
}

function silentAccounts({ frozen, counted }: DigestFacts): readonly SilentAccount[] {
  const since = Date.parse(frozen.today.to) - SILENT_AFTER_DAYS * DAY_MS;
  return frozen.roster.flatMap((account) => {
    const last = counted.activity.find(({ accountId }) => accountId === account.id)?.lastHeardAt ?? null;
    if (last !== null && Date.parse(last) >= since) return [];
    return [
      { ...account, lastHeard: last === null ? null : localDate(frozen.definition.zone, Date.parse(last)) },
    ];
  });
}

/** A workspace that has listened for less than 60 days must not sound as if it had. */
function silenceOf({ frozen, counted }: DigestFacts): string {
  const start = counted.listeningSince;
  const isYoung =
    start !== null && Date.parse(start) > Date.parse(frozen.today.to) - SILENT_AFTER_DAYS * DAY_MS;
  if (!isYoung) return `nothing heard in ${SILENT_AFTER_DAYS} days`;
  return `nothing heard since the first message on ${shortDate(localDate(frozen.definition.zone, Date.parse(start)))}`;
}

function quotedNames(
  document: Omit<DigestDocument, 'names'>,
  names: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const ids = [...new Set(quotedItems(document).flatMap(({ accountId }) => accountId ?? []))].toSorted();
  return Object.fromEntries(ids.flatMap((id) => (names[id] === undefined ? [] : [[id, names[id]]])));
}
