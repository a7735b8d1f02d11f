import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DateTime } from 'luxon';
import { z } from 'zod';
import type { HeardMention } from '../../src/domain/mention.ts';
import { CHANNEL_KINDS, INTENTS, MACHINE_MAIL } from '../../src/domain/words.ts';
import { AppError } from '../../src/lib/app-error.ts';

const author = z
  .strictObject({ handle: z.string().min(1), name: z.string().min(1), email: z.email().toLowerCase() })
  .partial()
  .refine((names) => Object.keys(names).length > 0, 'needs a handle, a name or an email');

/** What a reader of the sample would say of a mention; the tests count by it, the workspace never sees it. */
const labels = z.strictObject({
  /** `aspect:polarity`, one for each aspect that the text speaks of. */
  opinions: z.array(z.string().regex(/^[a-z]+:(negative|neutral|positive)$/)),
  intents: z.array(z.enum(INTENTS)),
  spam: z.boolean().optional(),
  /** 0 to 3, written only where it stands out. */
  urgency: z.number().int().min(0).max(3).optional(),
});

const sampleMention = z.strictObject({
  id: z.string().min(1),
  /** 0 is today, -13 the oldest day. */
  day: z.number().int().min(-13).max(0),
  time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  platform: z.enum(['x', 'email', 'review', 'app-store', 'forum']),
  kind: z.enum(CHANNEL_KINDS),
  source: z.enum(['support-mail', 'x-search', 'reviews', 'forum']),
  author,
  /** `{{date:-3}}` stands for the date three days ago, as the text's language writes it. */
  text: z.string().min(1),
  url: z.url().optional(),
  thread: z.string().min(1).optional(),
  lang: z.string().regex(/^[a-z]{2}$/),
  reach: z.number().int().nonnegative().optional(),
  ours: z.literal(true).optional(),
  machineMail: z.enum(MACHINE_MAIL).optional(),
  /** Id of the mention whose text this author posted again, word for word. */
  repost_of: z.string().min(1).optional(),
  labels: labels.optional(),
});
type SampleMention = z.infer<typeof sampleMention>;

interface LoadedSample {
  /** In the order in which they were written, none of them later than `now`. */
  readonly mentions: readonly { readonly source: string; readonly mention: HeardMention }[];
  readonly accountsCsvPath: string;
  readonly configPath: string;
}

/** Where "now" stands in the zone that the sample's days and times are read in. */
interface Today {
  readonly now: DateTime;
  readonly midnight: DateTime;
}

const MENTIONS_PATH = pathOf('mentions.jsonl');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The sample's rows as they stand in its file. Throws AppError `invalid-input` with file and line. */
export function readSampleMentions(): readonly SampleMention[] {
  const lines = readFileSync(MENTIONS_PATH, 'utf8').trimEnd().split('\n');
  return lines.map((line, index) => {
    const parsed = sampleMention.safeParse(parseJson(line));
    if (parsed.success) return parsed.data;
    const issue = parsed.error.issues[0];
    const fault = `${issue?.path.join('.') || 'the line'}: ${issue?.message ?? 'is wrong'}`;
    throw new AppError('invalid-input', `${MENTIONS_PATH}:${index + 1}: ${fault}; correct the line`);
  });
}

/**
 * The sample workspace as if its 14 days ended at `now`. Days and times are local in `zone` (IANA). When the last of
 * today's times lies ahead, today's mentions move closer together, in the same order, and end one minute before `now`.
 * Throws AppError `invalid-input` for an unknown zone or a broken row.
 */
export function loadSample(now: Date, zone: string): LoadedSample {
  const local = DateTime.fromJSDate(now, { zone });
  if (!local.isValid)
    throw new AppError('invalid-input', `"${zone}" is no time zone; write it like Europe/London`);
  const today: Today = { now: local, midnight: local.startOf('day') };
  const rows = readSampleMentions();
  const fitToday = fitBeforeNow(
    rows.filter(({ day }) => day === 0).map((row) => writtenAt(row, today).toMillis()),
    today,
  );
  const mentions = rows.map((row) => {
    const at = writtenAt(row, today).toMillis();
    return { source: row.source, mention: toHeard(row, new Date(row.day === 0 ? fitToday(at) : at), today) };
  });
  return {
    mentions: mentions.toSorted((a, b) => a.mention.occurredAt.getTime() - b.mention.occurredAt.getTime()),
    accountsCsvPath: pathOf('accounts.csv'),
    configPath: pathOf('earshot.yaml'),
  };
}

function writtenAt({ day, time }: SampleMention, { midnight }: Today): DateTime {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return midnight.plus({ days: day }).set({ hour, minute });
}

/** Moves today's instants, all in epoch milliseconds, so that the last of them is at least a minute ago. */
function fitBeforeNow(instants: readonly number[], { now, midnight }: Today): (instant: number) => number {
  const [first, last] = [Math.min(...instants), Math.max(...instants)];
  const end = now.toMillis() - MINUTE;
  if (last <= end) return (instant) => instant;
  const start = midnight.toMillis();
  // Just after midnight the day has no room yet: its mentions then fill the last hours of the evening before.
  const begin = end - start < HOUR - MINUTE ? end - 4 * HOUR : Math.min(first, (start + end) / 2);
  return (instant) => Math.floor(begin + ((instant - first) / (last - first)) * (end - begin));
}

function toHeard(row: SampleMention, occurredAt: Date, { midnight }: Today): HeardMention {
  const { id, platform, kind, lang, url, thread, reach, machineMail, ours } = row;
  const { handle, name, email } = row.author;
  return {
    platform,
    externalId: id,
    kind,
    text: withDates(row.text, { midnight, locale: lang === 'en' ? 'en-GB' : lang }),
    author: {
      ...(handle === undefined ? {} : { handle }),
      ...(name === undefined ? {} : { name }),
      ...(email === undefined ? {} : { email }),
    },
    occurredAt,
    lang,
    ...(url === undefined ? {} : { url }),
    ...(thread === undefined ? {} : { thread }),
    ...(reach === undefined ? {} : { reach }),
    ...(machineMail === undefined ? {} : { machineMail }),
    ...(ours === undefined ? {} : { ours }),
  };
}

function withDates(text: string, { midnight, locale }: { midnight: DateTime; locale: string }): string {
  return text.replaceAll(/\{\{date:(-?\d+)\}\}/g, (_, days: string) =>
    midnight.plus({ days: Number(days) }).toLocaleString(DateTime.DATE_MED, { locale }),
  );
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function pathOf(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}
