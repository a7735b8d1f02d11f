import type { MailParser } from '../../src/lib/mail/mail-parser.ts';
import { run } from '../../src/lib/mail/parse-worker.ts';

/** Takes mail apart without a thread, for tests of what comes out. */
export const parserHere: MailParser = { parse: run, close: async () => undefined };
