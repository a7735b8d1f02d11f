import { isUtf8 } from 'node:buffer';
import { parse } from 'csv-parse/sync';
import { AppError } from '../../lib/app-error.ts';
import type { RowReading } from '../read-mail.ts';
import { type Field, mapColumns, requireTextAndDate } from './columns.ts';
import { csvSplitter } from './csv-splitter.ts';
import type { Position } from './cursor.ts';
import type { FileLayout, OpenLayout } from './format.ts';
import { notUtf8, type OpenFile } from './open-file.ts';
import { mentionOfRow, traitsOf } from './row.ts';

const LF = 0x0a;
const CR = 0x0d;
const DELIMITERS = [',', ';', '\t', '|'] as const;

/** Opens a table whose first row names the columns. Throws AppError `invalid-input` when texts or dates have no column. */
export const openCsv: OpenLayout = (file, options, { now }): FileLayout => {
  const header = readHeader(file);
  const { columns, start, splitter, parseRow } = header;
  const mapping = mapColumns(columns, options.map ?? {}, file.name);
  requireTextAndDate(mapping, columns, file.name);
  const traits = traitsOf(mapping, options, now);
  const cells = [...mapping].map(([field, column]): [Field, number] => [field, columns.indexOf(column)]);

  const readRow = (bytes: Buffer, at: Position): RowReading | null => {
    if (isBlankLine(bytes)) return null;
    const reject = (reason: string): RowReading => ({ rejected: { where: `line ${at.line}`, reason } });
    if (!isUtf8(bytes)) throw notUtf8(file.name, at.line);
    if (bytes.includes(0))
      return reject('the row holds NUL bytes: the file may be damaged or not a text file');
    const row = parseRow(bytes);
    if (row === null) return reject('the quotes of the row cannot be made out');
    if (row.length !== columns.length) {
      return reject(
        `the row has ${row.length} cells and the header ${columns.length}: quote cells that hold the delimiter`,
      );
    }
    const fields: Partial<Record<Field, string | undefined>> = {};
    for (const [field, index] of cells) fields[field] = row[index];
    const reading = mentionOfRow(fields, traits);
    return 'mention' in reading ? reading : reject(reading.reason);
  };
  return {
    format: 'csv',
    columns,
    mapping,
    platform: traits.platform,
    kind: traits.kind,
    start,
    splitter,
    readRow,
  };
};

interface Header {
  readonly columns: readonly string[];
  readonly start: Position;
  readonly splitter: FileLayout['splitter'];
  readonly parseRow: (bytes: Buffer) => readonly string[] | null;
}

/** The first row that is not blank names the columns; it also tells the delimiter and the line end. */
function readHeader({ head, markBytes, name, size }: OpenFile): Header {
  const lineEnd = !head.includes(LF) && head.includes(CR) ? CR : LF;
  let from = markBytes;
  while (from < head.length && [LF, CR, 0x20].includes(head[from] ?? 0)) from += 1;
  const firstLine = head.subarray(from, endOr(head, head.indexOf(lineEnd, from)));
  const delimiter = delimiterOf(firstLine.toString('latin1'));
  const splitter = csvSplitter({ delimiter: delimiter.charCodeAt(0), lineEnd });
  const span = splitter.next(head, from, head.length >= size);
  const bytes = head.subarray(from, span?.end ?? from);
  const line = 1 + lineFeeds(head.subarray(0, from));
  if (span === null || bytes.length === 0)
    throw badHeader(name, line, 'the row of column names has no end in the first 256 KB');
  if (!isUtf8(bytes)) throw notUtf8(name, line);
  if (bytes.includes(0)) throw badHeader(name, line, 'the row of column names holds NUL bytes');
  const parseRow = rowParser(delimiter, lineEnd);
  const columns = span.fault === undefined ? parseRow(bytes)?.map((column) => column.trim()) : undefined;
  if (columns === undefined)
    throw badHeader(name, line, 'the quotes in the row of column names do not balance');
  const start = { offset: from + bytes.length, line: line + lineFeeds(bytes), number: 0 };
  return { columns, start, splitter, parseRow };
}

function badHeader(name: string, line: number, fault: string): AppError {
  return new AppError('invalid-input', `${name}, line ${line}: ${fault}: is this a table with a header?`);
}

/** A parser of one row at a time; null when the row is not one row to csv-parse. */
function rowParser(delimiter: string, lineEnd: number): (bytes: Buffer) => readonly string[] | null {
  const options = {
    delimiter,
    relax_quotes: true,
    relax_column_count: true,
    record_delimiter: lineEnd === CR ? ['\r'] : ['\r\n', '\n'],
  };
  return (bytes) => {
    // Setting up a parser costs more than most rows do, and a row without quotes needs none.
    if (!bytes.includes('"')) return withoutLineEnd(bytes.toString('utf8')).split(delimiter);
    const rows = parse(bytes, options);
    return rows.length === 1 ? (rows[0] ?? null) : null;
  };
}

function withoutLineEnd(row: string): string {
  if (row.endsWith('\r\n')) return row.slice(0, -2);
  return row.endsWith('\n') || row.endsWith('\r') ? row.slice(0, -1) : row;
}

/** The delimiter that stands most often outside quotes in the header; the comma when none does. */
function delimiterOf(header: string): string {
  const bare = header.replaceAll(/"[^"]*"/g, '');
  const counts = DELIMITERS.map((delimiter) => bare.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}

function isBlankLine(bytes: Buffer): boolean {
  for (const byte of bytes) if (byte !== LF && byte !== CR && byte !== 0x20) return false;
  return true;
}

function endOr(buffer: Buffer, index: number): number {
  return index === -1 ? buffer.length : index;
}

function lineFeeds(bytes: Buffer): number {
  return bytes.filter((byte) => byte === LF).length;
}
