import type { OutboundMessage } from '../../domain/delivery.ts';
import { cutText, footerText, linkOf, oneLine } from '../plain-text.ts';

/** GitHub takes 256 and 65,536. */
const MAX_TITLE = 250;
const MAX_WORDS = 60_000;

/** The message as title and Markdown body. The words stand in a fence longer than any of theirs: in it GitHub reads no mention, link, reference or HTML. */
export function issueOf(message: OutboundMessage): { readonly title: string; readonly body: string } {
  const words = cutText(message.text.replaceAll(/\r\n?/g, '\n'), MAX_WORDS);
  const longest = Math.max(2, ...(words.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const link = linkOf(message);
  const parts = [
    `${fence}text\n${words}\n${fence}`,
    ...(link === undefined ? [] : [`[Open in Earshot](<${link}>)`]),
    footerText(message.id),
  ];
  return { title: oneLine(message.subject, MAX_TITLE) || 'Earshot', body: parts.join('\n\n') };
}
