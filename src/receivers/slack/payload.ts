import type { OutboundMessage } from '../../domain/delivery.ts';
import { escapeMrkdwn } from '../../lib/mrkdwn.ts';
import { footerText } from '../plain-text.ts';

/** Slack refuses a message with more (docs.slack.dev, block kit limits). */
const MAX_BLOCKS = 50;
/** Small enough for every limit on text that Slack names or is seen to keep. */
const MAX_TEXT = 3_000;
const MAX_SUBJECT = 300;

interface SlackPayload {
  /** Notification and screen-reader text; the whole message when there are no blocks. */
  readonly text: string;
  readonly blocks?: readonly object[];
  readonly mrkdwn: false;
  readonly unfurl_links: false;
  readonly unfurl_media: false;
}

/** The message as Block Kit; as plain text when it brings no blocks. */
export function blockPayload(message: OutboundMessage): SlackPayload {
  if (message.slackBlocks === undefined || message.slackBlocks.length === 0) return plainPayload(message);
  return payload(
    cutEscaped(escapeMrkdwn(message.subject), MAX_SUBJECT),
    withFooter(message.slackBlocks, message.id),
  );
}

/** The first message of a conversation, with how it ended. */
export function overPayload(root: OutboundMessage, last: OutboundMessage): OutboundMessage {
  const blocks = root.slackBlocks ?? [
    { type: 'section', text: { type: 'plain_text', text: cutEscaped(root.text, MAX_TEXT) || root.subject } },
  ];
  return { ...root, slackBlocks: [...blocks, note(`✓ ${cutEscaped(last.subject, MAX_SUBJECT)}`)] };
}

/** The message without any markup, for blocks that Slack would not take. */
export function plainPayload(message: OutboundMessage): SlackPayload {
  const footer = `\n\n${footerText(message.id)}`;
  const body = escapeMrkdwn(`${message.subject}\n\n${message.text}`);
  return payload(cutEscaped(body, MAX_TEXT - footer.length) + footer);
}

function payload(text: string, blocks?: readonly object[]): SlackPayload {
  return { text, ...(blocks && { blocks }), mrkdwn: false, unfurl_links: false, unfurl_media: false };
}

function withFooter(blocks: readonly object[], id: string): readonly object[] {
  const isTooMany = blocks.length > MAX_BLOCKS - 1;
  const kept = isTooMany ? blocks.slice(0, MAX_BLOCKS - 2) : blocks;
  const more = isTooMany ? [note(`+${blocks.length - kept.length} more parts left out`)] : [];
  return [...kept, ...more, note(footerText(id))];
}

function note(text: string): object {
  return { type: 'context', elements: [{ type: 'plain_text', text, emoji: false }] };
}

/** Cuts escaped text without leaving half an entity or half a character. */
function cutEscaped(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, length - 1).replace(/&[a-z]{0,3}$|[\uD800-\uDBFF]$/, '');
  return `${cut}…`;
}
