import { email } from './email/index.ts';
import { file } from './file/index.ts';
import type { SourceKind } from './plug-in.ts';
import { rss } from './rss/index.ts';
import { x } from './x/index.ts';

/** Every kind of source there is, by the name `earshot.yaml` uses. A new kind is one line here. */
export const sourceKinds: ReadonlyMap<string, SourceKind> = new Map<string, SourceKind>([
  [email.kind, email], // mailboxes over IMAP
  [file.kind, file], // csv, jsonl and mbox files
  [rss.kind, rss], // RSS, Atom, RDF and JSON feeds
  [x.kind, x], // a search on X, or a user's mentions
]);
