import { isUtf8 } from 'node:buffer';
import type { RowReading } from '../read-mail.ts';
import { type ColumnMapping, type Field, mapColumns, plainName, requireTextAndDate } from './columns.ts';
import type { Position } from './cursor.ts';
import type { FileLayout, OpenLayout } from './format.ts';
import { lineSplitter } from './line-splitter.ts';
import { notUtf8, type OpenFile } from './open-file.ts';
import type { FileOptions } from './options.ts';
import { mentionOfRow, type TableTraits, traitsOf } from './row.ts';

const SAMPLE_LINES = 100;
const LF = 0x0a;

type Cells = ReadonlyMap<string, string>;

/**
 * Opens a file with one object a line, in the shape the intake API takes or any flat one. Keys are columns; those of a nested
 * object join its name (`author.handle` is `author_handle`). Lines may also say `platform`, `kind` and `ours`. When read from
 * the start, the first lines must show keys for texts and dates: throws AppError `invalid-input` otherwise.
 */
export const openJsonl: OpenLayout = (file, options, { now, isFirst }): FileLayout => {
  const columns = sampleKeys(file);
  const mapping = mapKeys(columns, columns.length > 0 ? options : { ...options, map: {} }, file.name);
  if (isFirst && columns.length > 0) requireTextAndDate(mapping, columns, file.name);
  const shared = traitsOf(mapping, options, now);

  const readRow = (bytes: Buffer, at: Position): RowReading | null => {
    const reject = (reason: string): RowReading => ({ rejected: { where: `line ${at.line}`, reason } });
    if (!isUtf8(bytes)) throw notUtf8(file.name, at.line);
    if (bytes.includes(0))
      return reject('the line holds NUL bytes: the file may be damaged or not a text file');
    const line = bytes.toString('utf8').trim();
    if (line === '') return null;
    const cells = parseLine(line);
    if (typeof cells === 'string') return reject(cells);
    const reading = readCells(cells, options, shared);
    return 'mention' in reading ? reading : reject(reading.reason);
  };
  return {
    format: 'jsonl',
    columns,
    mapping,
    platform: shared.platform,
    kind: shared.kind,
    start: { offset: file.markBytes, line: 1, number: 0 },
    splitter: lineSplitter,
    readRow,
  };
};

/** Lines of one file may differ in their keys, so each finds its own columns; keys that `map` names may be absent from a line. */
function readCells(cells: Cells, options: FileOptions, shared: TableTraits): ReturnType<typeof mentionOfRow> {
  const present = Object.entries(options.map ?? {}).filter(([, key]) => cells.has(key));
  const mapping = mapKeys([...cells.keys()], { ...options, map: Object.fromEntries(present) }, 'the line');
  const fields: Partial<Record<Field, string>> = {};
  for (const [field, key] of mapping) fields[field] = cells.get(key) ?? '';
  const own = traitsOf(mapping, options, shared.now);
  return mentionOfRow(fields, {
    ...own,
    platform: own.platform === 'import' ? shared.platform : own.platform,
  });
}

/** As {@link mapColumns}, with the keys that say of each line where it comes from; options that were given stand above them. */
function mapKeys(keys: readonly string[], options: FileOptions, name: string): ColumnMapping {
  const mapping = new Map(mapColumns(keys, options.map ?? {}, name));
  const given = { platform: options.platform, kind: options.channel, ours: undefined };
  for (const field of ['platform', 'kind', 'ours'] as const) {
    const isGiven = given[field] !== undefined;
    const key = keys.find((candidate) => plainName(candidate) === field);
    if (key !== undefined && !isGiven && !mapping.has(field)) mapping.set(field, key);
  }
  return mapping;
}

/** The keys of the first lines that can be read, in the order they appear. */
function sampleKeys({ head, markBytes, size }: OpenFile): readonly string[] {
  const keys = new Set<string>();
  let from = markBytes;
  for (let count = 0; count < SAMPLE_LINES && from < head.length; count += 1) {
    const found = head.indexOf(LF, from);
    if (found === -1 && head.length < size) break;
    const end = found === -1 ? head.length : found + 1;
    const cells = parseLine(head.toString('utf8', from, end).trim());
    if (typeof cells !== 'string') for (const key of cells.keys()) keys.add(key);
    from = end;
  }
  return [...keys];
}

/** The cells of one line as text, or what is wrong with it. */
function parseLine(line: string): Cells | string {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    return 'the line is not JSON: write one complete object a line';
  }
  if (!isObject(parsed)) return 'the line is not a JSON object';
  const cells = new Map<string, string>();
  for (const [key, value] of Object.entries(parsed)) {
    if (!isObject(value)) cells.set(key, cellOf(value, key, line));
    else
      for (const [inner, part] of Object.entries(value))
        cells.set(`${key}_${inner}`, cellOf(part, inner, line));
  }
  return cells;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function cellOf(value: unknown, key: string, line: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number')
    return Number.isInteger(value) ? exactDigits(value, key, line) : String(value);
  return typeof value === 'boolean' ? String(value) : '';
}

/** Ids written as numbers have up to 20 digits, of which JSON.parse keeps 15: the line still has them all. */
function exactDigits(value: number, key: string, line: string): string {
  if (Number.isSafeInteger(value)) return String(value);
  // A quote inside a JSON string is escaped, so `"key":` in the line can only be a key.
  for (const part of line.split(JSON.stringify(key)).slice(1)) {
    const digits = /^\s*:\s*(-?\d{1,40})\s*[,}]/.exec(part)?.[1];
    if (digits !== undefined && Number(digits) === value) return digits;
  }
  return String(value);
}
