import { defineSourceKind } from '../plug-in.ts';
import { RssOptions } from './options.ts';
import { openRssSource } from './rss-source.ts';

/** Reads a feed of any format: RSS, Atom, RDF or JSON Feed. Needs no key. */
export const rss = defineSourceKind({
  kind: 'rss',
  options: RssOptions,
  everyMs: 15 * 60_000,
  create: openRssSource,
});
