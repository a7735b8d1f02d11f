import { defineSourceKind } from '../plug-in.ts';
import { openEmailSource } from './email-source.ts';
import { EmailOptions } from './options.ts';

/** Reads the mail of a mailbox over IMAP. Its cursor is the UIDVALIDITY and last UID of each folder. */
export const email = defineSourceKind({
  kind: 'email',
  options: EmailOptions,
  everyMs: 60_000,
  create: (options, deps) => openEmailSource(options, deps),
});
