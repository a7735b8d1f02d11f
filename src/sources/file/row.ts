import type { HeardMention } from '../../domain/mention.ts';
import { CHANNEL_KINDS, type ChannelKind } from '../../domain/words.ts';
import { storableText } from '../../lib/safe-text.ts';
import {
  heardAuthor,
  identityHash,
  languageTag,
  storableKey,
  webUrl,
  wholeCount,
} from '../mention-fields.ts';
import { isPlausible, READABLE_DATES, readInstant } from '../occurred-at.ts';
import { PLATFORM_NAME } from '../platform-name.ts';
import { type ColumnMapping, type Field, plainName } from './columns.ts';
import type { FileOptions } from './options.ts';

/** The cells of one row by what they mean; a field without a column is undefined. */
export type RowFields = Readonly<Partial<Record<Field, string | undefined>>>;

/** What holds for every row of a file. */
export interface TableTraits {
  readonly platform: string;
  readonly kind: ChannelKind;
  readonly zone: string;
  readonly now: Date;
}

/** Tells platform and kind from the columns where the options leave them open. */
export function traitsOf(mapping: ColumnMapping, options: FileOptions, now: Date): TableTraits {
  const names = [...mapping.values()].map(plainName);
  const isTweets = names.some((name) => /(^|_)tweet(_|$)/.test(name));
  const isMail = mapping.get('title') !== undefined && names.includes('subject');
  return {
    platform: options.platform ?? (isTweets ? 'x' : 'import'),
    kind: options.channel ?? (mapping.has('rating') ? 'review' : isMail ? 'mail' : 'post'),
    zone: options.zone,
    now,
  };
}

/** Makes a mention of one row, or says in one sentence why it cannot be one. */
export function mentionOfRow(
  fields: RowFields,
  traits: TableTraits,
): { mention: HeardMention } | { reason: string } {
  const body = storableText(fields.text ?? '').trim();
  if (body === '') return { reason: 'the text is empty' };
  const written = fields.date?.trim() ?? '';
  if (written === '') return { reason: 'the date is empty' };
  const occurredAt = readInstant(written, traits.zone);
  if (occurredAt === null) return { reason: `the date cannot be read: ${READABLE_DATES}` };
  if (!isPlausible(occurredAt, traits.now)) return { reason: 'the date is before 1990 or ahead of now' };

  const title = storableText(fields.title ?? '').trim();
  const text = title === '' || title === body ? body : `${title}\n\n${body}`;
  const platform = platformOf(fields.platform) ?? traits.platform;
  const author = heardAuthor(fields, platform === 'x');
  const ownId = idOf(fields.id);
  const externalId =
    ownId ?? `row-${identityHash([JSON.stringify(author), occurredAt.toISOString(), text]).slice(0, 40)}`;
  // Where a table has reply links only, a message that answers nothing opens the thread its answers point at.
  const thread =
    idOf(fields.thread) ?? (fields.reply_to === undefined ? undefined : (idOf(fields.reply_to) ?? ownId));
  const url = webUrl(fields.url ?? '');
  const lang = languageTag(fields.lang ?? '');
  const reach = wholeCount(fields.reach ?? '');
  return {
    mention: {
      platform,
      externalId,
      kind: kindOf(fields.kind) ?? traits.kind,
      text,
      author,
      occurredAt,
      ...(url !== undefined && { url }),
      ...(lang !== undefined && { lang }),
      ...(thread !== undefined && { thread }),
      ...(reach !== undefined && { reach }),
      ...((isNo(fields.inbound) || isYes(fields.ours)) && { ours: true }),
    },
  };
}

/**
 * An id as the platform wrote it. Spreadsheets and data frames turn ids into numbers: `3.0` is mended, `5.70E+17` has lost
 * its digits and counts as missing, since many rows would share it.
 */
function idOf(cell: string | undefined): string | undefined {
  const id = (cell ?? '').trim().replace(/^(\d{1,30})\.0$/, '$1');
  return id === '' || /^\d(?:[.,]\d{1,20})?e\+\d{1,3}$/i.test(id) ? undefined : storableKey(id);
}

function platformOf(cell: string | undefined): string | undefined {
  const name = cell?.trim().toLowerCase() ?? '';
  return PLATFORM_NAME.test(name) ? name : undefined;
}

function kindOf(cell: string | undefined): ChannelKind | undefined {
  return CHANNEL_KINDS.find((kind) => kind === cell?.trim().toLowerCase());
}

function isNo(cell: string | undefined): boolean {
  return /^(false|no|n|0)$/i.test(cell?.trim() ?? '');
}

function isYes(cell: string | undefined): boolean {
  return /^(true|yes|y|1)$/i.test(cell?.trim() ?? '');
}
