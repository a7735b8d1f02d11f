import { printable } from '../../lib/printable.ts';
import { webUrl } from '../mention-fields.ts';

/** Where a page's head ends at the latest. */
const HEAD_CHARACTERS = 256 * 1024;
const SHOWN_URL_CHARACTERS = 300;

/** Name of the outermost element in lower case and without its prefix, or null when the text has no element. */
export function rootElement(text: string): string | null {
  for (let at = text.indexOf('<'); at !== -1; ) {
    const name = /^<(?:[\w.-]{1,50}:)?([a-z_][\w.-]{0,50})(?=[\s/>])/i.exec(text.slice(at, at + 110))?.[1];
    if (name !== undefined) return name.toLowerCase();
    const skipped = text.startsWith('<!--', at) ? text.indexOf('-->', at + 4) : at + 1;
    at = skipped === -1 ? -1 : text.indexOf('<', skipped);
  }
  return null;
}

/** The feed that a web page links to (`rel="alternate"`), absolute and fit to show. */
export function feedLinkIn(page: string, url: string): string | undefined {
  for (const [tag] of page.slice(0, HEAD_CHARACTERS).matchAll(/<link\s[^<>]{1,1000}>/gi)) {
    const isFeed = /^application\/(rss\+xml|atom\+xml|feed\+json)/i.test(attributeOf(tag, 'type') ?? '');
    const href = attributeOf(tag, 'href')?.replaceAll('&amp;', '&') ?? '';
    if (!isFeed || href === '' || !URL.canParse(href, url)) continue;
    const link = webUrl(new URL(href, url).href);
    if (link !== undefined && link.length <= SHOWN_URL_CHARACTERS) return printable(link);
  }
  return undefined;
}

function attributeOf(tag: string, name: string): string | undefined {
  const found = new RegExp(`\\s${name}\\s{0,20}=\\s{0,20}(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(
    tag,
  );
  return (found?.[1] ?? found?.[2] ?? found?.[3])?.trim();
}
