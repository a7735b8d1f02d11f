import { z } from 'zod';
import { CHANNEL_KINDS } from '../../domain/words.ts';
import { platformName } from '../platform-name.ts';

/** Words or phrases; upper and lower case are the same. */
const terms = z.array(z.string().trim().min(1, 'is empty').max(200)).max(500).default([]);

/** Options of an `rss` source. */
export const RssOptions = z.strictObject({
  /** Address of the feed: RSS, Atom, RDF or JSON Feed. */
  url: z.url({ protocol: /^https?$/, error: 'must be an absolute http or https address' }),
  /** Where people wrote what the feed carries; part of every mention's identity. */
  platform: platformName.default('web'),
  /** How it was written: `review` for feeds of reviews, e.g. an app store's. */
  channel: z.enum(CHANNEL_KINDS).exclude(['mail']).default('post'),
  /** Only items that say one of these as whole words are heard. Empty: all are. */
  include: terms,
  /** Items that say one of these as whole words are not heard, whatever `include` says. */
  exclude: terms,
});
export type RssOptions = z.output<typeof RssOptions>;
