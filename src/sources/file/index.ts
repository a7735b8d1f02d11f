import { defineSourceKind } from '../plug-in.ts';
import { openFileSource } from './file-source.ts';
import { FileOptions } from './options.ts';

export { describeFile } from './describe-file.ts';
export { openFileSource } from './file-source.ts';
export { FileOptions } from './options.ts';

/** Reads a csv, jsonl or mbox file. Its cursor is a place in the file, so it goes on where it was stopped. */
export const file = defineSourceKind({
  kind: 'file',
  options: FileOptions,
  everyMs: 60_000,
  create: (options, deps) => openFileSource(options, deps),
});
