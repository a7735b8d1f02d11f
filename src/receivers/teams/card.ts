import type { OutboundMessage } from '../../domain/delivery.ts';
import { cutText, footerText, linkOf, oneLine } from '../plain-text.ts';

/** Teams refuses a message of more than 28 KB (learn.microsoft.com, limits of incoming webhooks and Workflows). */
const MAX_CARD_BYTES = 28_000;
const MAX_SUBJECT = 300;
const MAX_LINE = 4_000;
/** Kept for the note that says lines are missing. */
const ROOM_FOR_NOTE = 400;
const WORD_JOINER = '\u2060';

/**
 * The message as what a Workflows webhook takes: one Adaptive Card. Words stand in text runs, which know no Markdown, so
 * that nothing in them can become a link or a mention; lines that do not fit are left out from the tail and counted.
 */
export function cardBody(message: OutboundMessage): string {
  const lines = message.text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const link = linkOf(message);
  const around = (blocks: readonly object[]): string =>
    JSON.stringify({
      type: 'message',
      attachments: [
        {
          contentType: 'application/vnd.microsoft.card.adaptive',
          contentUrl: null,
          content: {
            $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
            type: 'AdaptiveCard',
            version: '1.4',
            msteams: { width: 'Full' },
            body: [
              textBlock(oneLine(message.subject, MAX_SUBJECT) || 'Earshot', {
                size: 'Large',
                weight: 'Bolder',
              }),
              ...blocks,
              textBlock(footerText(message.id), { size: 'Small', isSubtle: true }),
            ],
            actions:
              link === undefined ? [] : [{ type: 'Action.OpenUrl', title: 'Open in Earshot', url: link }],
          },
        },
      ],
    });

  const kept: object[] = [];
  let size = Buffer.byteLength(around([])) + ROOM_FOR_NOTE;
  for (const line of lines) {
    const block = textBlock(cutText(line, MAX_LINE));
    size += Buffer.byteLength(JSON.stringify(block)) + 1;
    if (size > MAX_CARD_BYTES) break;
    kept.push(block);
  }
  const left = lines.length - kept.length;
  const note = left > 0 ? [textBlock(`+${left} more lines left out`, { size: 'Small', isSubtle: true })] : [];
  return around([...kept, ...note]);
}

function textBlock(text: string, look: object = {}): object {
  // Cards compute {{DATE(…)}}; foreign words shall not.
  const inert = text.replaceAll('{{', `{${WORD_JOINER}{`);
  return { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: inert, ...look }] };
}
