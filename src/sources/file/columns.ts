import { AppError } from '../../lib/app-error.ts';
import { closestWord } from '../../lib/closest-word.ts';

/**
 * What a column can mean. `platform`, `kind` and `ours` are only taken from a column that `map` names; JSON lines may name them
 * themselves.
 */
const FIELDS = [
  'id',
  'text',
  'title',
  'author',
  'handle',
  'name',
  'email',
  'date',
  'url',
  'lang',
  'thread',
  'reply_to',
  'reach',
  'inbound',
  'rating',
  'platform',
  'kind',
  'ours',
] as const;
export type Field = (typeof FIELDS)[number];

/** The names a column may have for each field, best first, as {@link plainName} writes them. */
const USUAL_NAMES: Readonly<Record<Field, string>> = {
  id: 'id tweet_id message_id post_id review_id comment_id mention_id ticket_id status_id external_id uuid guid',
  text: 'text body content message review comment full_text review_text review_body comment_text message_text tweet_text tweet feedback verbatim description',
  title: 'title subject headline review_title',
  author: 'author name user from sender reviewer customer',
  handle:
    'handle username user_name screen_name author_handle author_username user_screen_name author_id user_id',
  name: 'author_name display_name full_name customer_name reviewer_name user_display_name',
  email: 'email e_mail mail email_address author_email user_email customer_email from_email sender_email',
  date: 'occurred_at created_at date timestamp time datetime created posted_at published_at sent_at submitted_at review_date created_time created_date tweet_created',
  url: 'url link permalink href',
  lang: 'lang language locale',
  thread: 'thread thread_id conversation_id conversation',
  reply_to: 'in_response_to_tweet_id in_reply_to_status_id in_reply_to_id in_reply_to reply_to_id parent_id',
  reach: 'reach retweets retweet_count followers followers_count author_followers views impressions',
  inbound: 'inbound',
  rating: 'rating stars review_rating',
  platform: '',
  kind: '',
  ours: '',
};

/** Which column holds which field; columns are named as the file writes them. */
export type ColumnMapping = ReadonlyMap<Field, string>;

const NAMES_OF = new Map(FIELDS.map((field) => [field, USUAL_NAMES[field].split(' ').filter(Boolean)]));

/** `Created At` and `created-at` are the same column name. */
export function plainName(column: string): string {
  return column
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '_')
    .replaceAll(/^_+|_+$/g, '');
}

/**
 * Finds the columns: those that `map` names first, then the usual names. A column serves one field. Throws AppError
 * `invalid-input` for a field or column of `map` that does not exist, with the ones there are and the closest.
 */
export function mapColumns(
  columns: readonly string[],
  map: Readonly<Record<string, string>>,
  file: string,
): ColumnMapping {
  const mapping = new Map<Field, string>();
  for (const [field, column] of Object.entries(map))
    mapping.set(knownField(field), knownColumn(column, columns, file));
  const taken = new Set(mapping.values());
  const byName = new Map<string, string>();
  for (const column of columns.toReversed()) if (!taken.has(column)) byName.set(plainName(column), column);
  for (const [field, names] of NAMES_OF) {
    if (mapping.has(field)) continue;
    const column = names.map((name) => byName.get(name)).find((found) => found !== undefined);
    if (column !== undefined) mapping.set(field, column);
  }
  return mapping;
}

/** Refuses a table that cannot give a single mention. Throws AppError `invalid-input` that names the columns there are. */
export function requireTextAndDate(mapping: ColumnMapping, columns: readonly string[], file: string): void {
  for (const [field, what] of [
    ['text', 'texts'],
    ['date', 'dates'],
  ] as const) {
    if (mapping.has(field)) continue;
    const remedy = `name it with --map ${field}=COLUMN (or map: in earshot.yaml)`;
    throw new AppError(
      'invalid-input',
      `${file} has no column of ${what} that is known; ${columnList(columns)}; ${remedy}`,
    );
  }
}

function knownField(field: string): Field {
  const known = FIELDS.find((candidate) => candidate === field);
  if (known !== undefined) return known;
  const hint = closestWord(field, FIELDS);
  throw new AppError(
    'invalid-input',
    `map names the field "${shorten(field)}", which does not exist${hint ? ` (did you mean ${hint}?)` : ''}; fields are ${FIELDS.join(', ')}`,
  );
}

function knownColumn(wanted: string, columns: readonly string[], file: string): string {
  const found =
    columns.find((column) => column === wanted) ??
    columns.find((column) => column.trim() === wanted.trim()) ??
    columns.find((column) => plainName(column) === plainName(wanted));
  if (found !== undefined) return found;
  const hint = closestWord(wanted, columns);
  const meant = hint ? ` (did you mean "${hint}"?)` : '';
  throw new AppError(
    'invalid-input',
    `${file} has no column "${shorten(wanted)}"${meant}; ${columnList(columns)}`,
  );
}

function columnList(columns: readonly string[]): string {
  const shown = columns.slice(0, 40).map((column) => `"${shorten(column)}"`);
  const rest = columns.length > shown.length ? ` and ${columns.length - shown.length} more` : '';
  return `its columns are ${shown.join(', ')}${rest}`;
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40).toWellFormed()}…` : text;
}
