import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { HeardMention, RejectedRow } from '../../../../src/domain/mention.ts';
import type { Source } from '../../../../src/domain/source.ts';
import { FileOptions, openFileSource } from '../../../../src/sources/file/index.ts';
import { parseOptions } from '../../../../src/sources/plug-in.ts';
import { parserHere } from '../../../support/parser-here.ts';

const NOW = new Date('2026-04-01T12:00:00Z');

/** A folder of its own for one test file, removed at its end, and sources that read in it. */
export interface TempFolder {
  readonly folder: string;
  readonly deps: { readonly now: () => Date; readonly folder: string };
  write(name: string, content: string | Buffer): string;
  source(name: string, options?: object): Source;
  /** Writes a file and reads all of it. */
  read(name: string, content: string | Buffer, options?: object): Promise<FileContent>;
}

export interface FileContent {
  readonly mentions: readonly HeardMention[];
  readonly rejected: readonly RejectedRow[];
}

export function tempFolder(): TempFolder {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-files-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const deps = { now: () => NOW, folder };
  const write = (name: string, content: string | Buffer): string => {
    writeFileSync(join(folder, name), content);
    return name;
  };
  const source = (name: string, options: object = {}): Source =>
    openFileSource(parseOptions('file', FileOptions, { path: name, ...options }), deps, parserHere);
  return {
    folder,
    deps,
    write,
    source,
    read: (name, content, options) => readAll(source(write(name, content), options)),
  };
}

/** Reads a source from the start to its end. */
export async function readAll(source: Source, from: string | null = null): Promise<FileContent> {
  const mentions: HeardMention[] = [];
  const rejected: RejectedRow[] = [];
  let cursor = from;
  for (let hasMore = true; hasMore; ) {
    const page = await source.fetchPage(cursor, new AbortController().signal);
    mentions.push(...page.mentions);
    rejected.push(...page.rejected);
    ({ nextCursor: cursor, hasMore } = page);
  }
  return { mentions, rejected };
}
