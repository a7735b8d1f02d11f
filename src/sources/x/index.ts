import { defineSourceKind } from '../plug-in.ts';
import { XOptions } from './options.ts';
import { openXSource } from './x-source.ts';

/** Posts on X that match a search or mention a user, within a monthly budget. Its cursor is how far was heard and a walk's next page. */
export const x = defineSourceKind({
  kind: 'x',
  options: XOptions,
  everyMs: 60_000,
  create: (options, deps) => openXSource(options, deps),
});
