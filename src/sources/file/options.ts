import { IANAZone } from 'luxon';
import { z } from 'zod';
import { CHANNEL_KINDS } from '../../domain/words.ts';
import { platformName } from '../platform-name.ts';

const FILE_FORMATS = ['csv', 'jsonl', 'mbox'] as const;
export type FileFormat = (typeof FILE_FORMATS)[number];

/** Options of a `file` source; `earshot import` builds the same from its flags. */
export const FileOptions = z.strictObject({
  /** Relative paths start from the folder of `earshot.yaml` (or, on the command line, from the current one). */
  path: z.string().min(1),
  /** Default: told from the file's name, then from how it begins. */
  format: z.enum(FILE_FORMATS).optional(),
  /** Which column holds which field, e.g. `{ text: Comment }`, where the usual names do not find it. */
  map: z.record(z.string(), z.string().min(1)).optional(),
  /** Default: `x` for tables of tweets, `email` for mbox, else `import`. Part of every mention's identity. */
  platform: platformName.optional(),
  /** Default: `mail` for mbox and tables with a subject, `review` for tables with a rating, else `post`. */
  channel: z.enum(CHANNEL_KINDS).optional(),
  /** Zone of dates that carry no offset. */
  zone: z
    .string()
    .refine((zone) => IANAZone.isValidZone(zone), 'write an IANA zone, e.g. Europe/London')
    .default('UTC'),
});
export type FileOptions = z.output<typeof FileOptions>;
