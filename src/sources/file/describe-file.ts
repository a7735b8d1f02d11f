import type { HeardMention, RejectedRow } from '../../domain/mention.ts';
import type { ChannelKind } from '../../domain/words.ts';
import { createMailParser } from '../../lib/mail/mail-parser.ts';
import { parseOptions } from '../plug-in.ts';
import { type FileDeps, readFilePage } from './file-source.ts';
import { type FileFormat, FileOptions } from './options.ts';

const SHOWN_REJECTED = 10;
const SHOWN_CHARACTERS = 200;

/** What an import would make of a file, told from its first page: at most 500 rows or 4 MB. */
export interface FileDescription {
  readonly format: FileFormat;
  /** Columns of a table or keys of JSON lines; empty for mbox. */
  readonly columns: readonly string[];
  /** Field to column, for the fields that were found. */
  readonly mapping: Readonly<Record<string, string>>;
  readonly platform: string;
  readonly kind: ChannelKind;
  /** Rows that were read, and how many of them would be rejected. */
  readonly sampled: number;
  readonly rejected: number;
  /** The first ten rejected rows. */
  readonly rejectedSample: readonly RejectedRow[];
  /** The first mention, its text cut at 200 characters; null when the sample has none. */
  readonly first: HeardMention | null;
  /** Whether the sample is the whole file. */
  readonly isWhole: boolean;
}

/** Describes a file without taking anything in; `options` are the source's but for the path. Throws what reading it would throw. */
export async function describeFile(path: string, options: object, deps: FileDeps): Promise<FileDescription> {
  const parsed = parseOptions('file', FileOptions, { ...options, path });
  const parser = createMailParser();
  const { signal } = new AbortController();
  const { page, layout } = await readFilePage(parsed, { ...deps, parser }, null, signal).finally(() =>
    parser.close(),
  );
  const first = page.mentions[0];
  return {
    format: layout.format,
    columns: layout.columns,
    mapping: Object.fromEntries(layout.mapping),
    platform: layout.platform,
    kind: layout.kind,
    sampled: page.mentions.length + page.rejected.length,
    rejected: page.rejected.length,
    rejectedSample: page.rejected.slice(0, SHOWN_REJECTED),
    first: first === undefined ? null : { ...first, text: shorten(first.text) },
    isWhole: !page.hasMore,
  };
}

function shorten(text: string): string {
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS).toWellFormed()}…` : text;
}
