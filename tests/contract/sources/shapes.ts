import type { HeardMention, SourcePage } from '../../../src/domain/mention.ts';
import type { ReadBudget } from '../../../src/domain/source.ts';
import { CHANNEL_KINDS } from '../../../src/domain/words.ts';

/** Whether it is words for people: one line of them, nothing that a terminal would obey. */
export function isOneLine(words: unknown): boolean {
  return typeof words === 'string' && words.trim() !== '' && !/\p{Cc}/u.test(words) && words.isWellFormed();
}

/** Whether a database takes it: no NUL, well-formed text, keys that fit an index, an author, a real instant. */
export function isStorable(mention: HeardMention): boolean {
  const { platform, externalId, author, text, thread, url, occurredAt, lang, reach, unreadable } = mention;
  const names = Object.values(author);
  const texts = [
    platform,
    externalId,
    text,
    ...names,
    ...[thread, url].filter((value) => value !== undefined),
  ];
  return (
    texts.every((value) => value !== '' && !value.includes('\0') && value.isWellFormed()) &&
    [platform, externalId, thread ?? ''].every((key) => key.length <= 200) &&
    names.length > 0 &&
    !(author.handle ?? '').startsWith('@') &&
    (author.email === undefined || /^[^\sA-Z]+@[^\sA-Z]+$/.test(author.email)) &&
    (CHANNEL_KINDS as readonly string[]).includes(mention.kind) &&
    !Number.isNaN(occurredAt.getTime()) &&
    (url === undefined || (/^https?:/.test(url) && URL.canParse(url))) &&
    (lang === undefined || /^[a-z]{2,3}$/.test(lang)) &&
    (reach === undefined || isCount(reach)) &&
    (unreadable === undefined || isOneLine(unreadable))
  );
}

/** Whether what stands beside the mentions of a page can be acted on. */
export function isWellShaped(page: SourcePage, budget: ReadBudget | undefined): boolean {
  const { rejected, nextCursor, hasMore, retryAt, cost, gap, progress = 1 } = page;
  return (
    rejected.every(({ where, reason }) => isOneLine(where) && isOneLine(reason)) &&
    (nextCursor !== null || !hasMore) &&
    (retryAt === undefined || !Number.isNaN(retryAt.getTime())) &&
    (cost === undefined || (isCount(cost.reads) && isCount(cost.micros))) &&
    // A source without a budget costs nothing, and no page costs more than was set aside for it.
    (cost?.micros ?? 0) <= (budget?.pageMicros ?? 0) &&
    (budget === undefined || (isCount(budget.monthlyMicros) && isCount(budget.pageMicros))) &&
    (gap === undefined || isOneLine(gap)) &&
    progress >= 0 &&
    progress <= 1
  );
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
