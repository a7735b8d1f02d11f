import type { OutboundMessage } from '../../domain/delivery.ts';
import { cutText, footerText, linkOf, oneLine } from '../plain-text.ts';

/** Jira takes 255 characters of summary and 32,767 of description, the document around the words included. */
const MAX_SUMMARY = 250;
const MAX_WORDS = 12_000;
const MAX_LINES = 200;

/**
 * The message as summary and Atlassian Document Format (developer.atlassian.com, "ADF"): a paragraph a line, nothing in
 * the words is read as markup. An empty text node is refused by Jira, so empty lines are left out.
 */
export function issueFields(message: OutboundMessage): {
  readonly summary: string;
  readonly description: object;
} {
  const lines = cutText(message.text, MAX_WORDS)
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '');
  const left = lines.length - MAX_LINES;
  const link = linkOf(message);
  const content = [
    ...lines.slice(0, MAX_LINES).map((line) => paragraph({ type: 'text', text: line })),
    ...(left > 0 ? [paragraph({ type: 'text', text: `+${left} more lines left out` })] : []),
    ...(link === undefined
      ? []
      : [
          paragraph({
            type: 'text',
            text: 'Open in Earshot',
            marks: [{ type: 'link', attrs: { href: link } }],
          }),
        ]),
    paragraph({ type: 'text', text: footerText(message.id) }),
  ];
  return {
    summary: oneLine(message.subject, MAX_SUMMARY) || 'Earshot',
    description: { type: 'doc', version: 1, content },
  };
}

function paragraph(text: object): object {
  return { type: 'paragraph', content: [text] };
}
