import { resolve } from 'node:path';
import type { HeardMention, RejectedRow, SourcePage } from '../../domain/mention.ts';
import type { Source } from '../../domain/source.ts';
import { AppError } from '../../lib/app-error.ts';
import { createMailParser, type MailParser } from '../../lib/mail/mail-parser.ts';
import type { SourceDeps } from '../plug-in.ts';
import type { RowReading } from '../read-mail.ts';
import { openCsv } from './csv.ts';
import { type Position, readCursor, writeCursor } from './cursor.ts';
import { type FileLayout, formatOf, type OpenLayout } from './format.ts';
import { openJsonl } from './jsonl.ts';
import { openMbox } from './mbox.ts';
import { fileFault, type OpenFile, openFile, requireUtf8 } from './open-file.ts';
import type { FileFormat, FileOptions } from './options.ts';
import { type FileRecord, readRecords } from './record-reader.ts';

/** A page ends after this many rows, or after the row that takes it past this many bytes. */
const MAX_PAGE_ROWS = 500;
const MAX_PAGE_BYTES = 4 * 1024 * 1024;

const OPENERS: Readonly<Record<FileFormat, OpenLayout>> = { csv: openCsv, jsonl: openJsonl, mbox: openMbox };

/** A file needs no more of what sources are handed. */
export type FileDeps = Pick<SourceDeps, 'now' | 'folder'>;

/** A file that is read from its start to its end, and later from there on. Each page opens and closes it. */
export function openFileSource(
  options: FileOptions,
  deps: FileDeps,
  parser: MailParser = createMailParser(),
): Source {
  const readPage = async (cursor: string | null, signal: AbortSignal): Promise<SourcePage> => {
    const { page } = await readFilePage(options, { ...deps, parser }, cursor, signal);
    if (!page.hasMore) await parser.close();
    return page;
  };
  return {
    fetchPage: readPage,
    async check(signal) {
      const page = await readPage(null, signal);
      const rows = page.mentions.length + page.rejected.length;
      return `${options.path} can be read: ${rows}${page.hasMore ? ' and more' : ''} rows, ${page.rejected.length} of them unreadable`;
    },
    close: () => parser.close(),
  };
}

/** A page and the layout it was read with. */
export interface FilePage {
  readonly page: SourcePage;
  readonly layout: FileLayout;
}

/**
 * Reads one page of a file. Opens and closes the file each time, so nothing is kept between pages and a page can be read on
 * any machine that has the file. Throws AppError that names file, line and remedy.
 */
export async function readFilePage(
  options: FileOptions,
  { folder, now, parser }: FileDeps & { readonly parser: MailParser },
  cursor: string | null,
  signal: AbortSignal,
): Promise<FilePage> {
  const file = await openFile(resolve(folder, options.path), options.path);
  try {
    const format = formatOf(file, options);
    if (cursor === null && format !== 'mbox') await requireUtf8(file, signal);
    const layout = OPENERS[format](file, options, { now: now(), isFirst: cursor === null, parser });
    const from = cursor === null ? layout.start : placeIn(file, layout, cursor);
    const page = await readRows(file, layout, from, signal);
    if (cursor === null && page.mentions.length + page.rejected.length === 0) {
      throw new AppError(
        'invalid-input',
        `${file.name} holds no rows${format === 'csv' ? ' below its header' : ''}`,
      );
    }
    return { page, layout };
  } catch (error) {
    throw error instanceof Error && 'syscall' in error ? fileFault(error, file.name) : error;
  } finally {
    await file.handle.close();
  }
}

function placeIn(file: OpenFile, layout: FileLayout, cursor: string): Position {
  const place = readCursor(cursor, layout.format, file.name);
  if (place.offset > file.size) {
    throw new AppError(
      'conflict',
      `${file.name} became shorter since it was read last: read it again from the start`,
    );
  }
  return place;
}

async function readRows(
  file: OpenFile,
  layout: FileLayout,
  from: Position,
  signal: AbortSignal,
): Promise<SourcePage> {
  const mentions: HeardMention[] = [];
  const rejected: RejectedRow[] = [];
  let next = from;
  for await (const record of readRecords(file.handle, from, layout.splitter, signal)) {
    const reading = await readRecord(layout, record);
    if (reading !== null && 'mention' in reading) mentions.push(reading.mention);
    else if (reading !== null) rejected.push(reading.rejected);
    next = record.next;
    if (mentions.length + rejected.length >= MAX_PAGE_ROWS || next.offset - from.offset >= MAX_PAGE_BYTES)
      break;
  }
  const isDone = next.offset >= file.size;
  return {
    mentions,
    rejected,
    nextCursor: writeCursor(layout.format, next),
    hasMore: !isDone,
    progress: Math.min(1, next.offset / file.size),
  };
}

function readRecord(layout: FileLayout, { content, at }: FileRecord): ReturnType<FileLayout['readRow']> {
  if (Buffer.isBuffer(content)) return layout.readRow(content, at);
  const { head, fault } = content;
  if (layout.readBroken !== undefined) return layout.readBroken(head, fault, at);
  return { rejected: { where: `line ${at.line}`, reason: fault } } satisfies RowReading;
}
