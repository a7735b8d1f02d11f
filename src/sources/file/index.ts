import { defineSourceKind } from '../plug-in.ts';
import { readFilePage } from './file-source.ts';
import { FileOptions } from './options.ts';

export { describeFile } from './describe-file.ts';

/** Reads a csv, jsonl or mbox file. Its cursor is a place in the file, so it goes on where it was stopped. */
export const file = defineSourceKind({
  kind: 'file',
  options: FileOptions,
  create: (options, deps) => ({
    fetchPage: async (cursor, signal) => (await readFilePage(options, deps, cursor, signal)).page,
    // Each page opens and closes the file itself.
    close: async () => undefined,
  }),
});
