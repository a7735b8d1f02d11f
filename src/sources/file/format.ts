import type { ChannelKind } from '../../domain/words.ts';
import { AppError } from '../../lib/app-error.ts';
import type { MailParser } from '../../lib/mail/mail-parser.ts';
import type { RowReading } from '../read-mail.ts';
import type { ColumnMapping } from './columns.ts';
import type { Position } from './cursor.ts';
import type { OpenFile } from './open-file.ts';
import type { FileFormat, FileOptions } from './options.ts';
import type { Splitter } from './record-reader.ts';

/** One file seen through its format: where its rows are, what they hold, and how to read one. */
export interface FileLayout {
  readonly format: FileFormat;
  /** Columns of a table or keys of JSON lines; empty for mbox. */
  readonly columns: readonly string[];
  readonly mapping: ColumnMapping;
  readonly platform: string;
  readonly kind: ChannelKind;
  /** Where the first row begins, behind the byte order mark and the header. */
  readonly start: Position;
  readonly splitter: Splitter;
  /**
   * Reads the bytes of one record; null when they are no row (an empty line). Throws AppError `invalid-input` for bytes that
   * are not in the encoding the whole file should have.
   */
  readRow(bytes: Buffer, at: Position): RowReading | null | Promise<RowReading>;
  /** Makes what it can of a record that is too long, given its beginning; missing: such a record is a rejected row. */
  readBroken?(head: Buffer, fault: string, at: Position): Promise<RowReading>;
}

/** What a layout needs beside the file and its options. */
export interface LayoutContext {
  readonly now: Date;
  /** The file is about to be read from the start, so its columns are checked. */
  readonly isFirst: boolean;
  readonly parser: MailParser;
}

/** Makes the layout of an open file. */
export type OpenLayout = (file: OpenFile, options: FileOptions, context: LayoutContext) => FileLayout;

const EXTENSIONS: Readonly<Record<string, FileFormat>> = {
  csv: 'csv',
  tsv: 'csv',
  tab: 'csv',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
  mbox: 'mbox',
  mbx: 'mbox',
};

/** Tells the format: by option, by the file's name, by how it begins. Throws AppError `invalid-input` for a JSON array. */
export function formatOf({ head, markBytes, name }: OpenFile, options: FileOptions): FileFormat {
  const begin = head.toString('utf8', markBytes, markBytes + 200).trimStart();
  const extension = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  const told = options.format ?? EXTENSIONS[extension];
  const isArray = /^\[\s*[{\]]/.test(begin) || (begin.startsWith('[') && extension.startsWith('json'));
  if (isArray && (told ?? 'jsonl') === 'jsonl') {
    const remedy = `write one object a line, e.g. jq -c '.[]' ${name} > mentions.jsonl`;
    throw new AppError('invalid-input', `${name}, line 1: this is one JSON array, not JSON lines: ${remedy}`);
  }
  if (told !== undefined) return told;
  if (begin.startsWith('From ')) return 'mbox';
  return begin.startsWith('{') ? 'jsonl' : 'csv';
}
