/** Reads one header: its first value, unfolded and trimmed, or undefined when the mail has none. */
export type HeaderLookup = (name: string) => string | undefined;

/** Why a mail was not written by a person, told from its headers alone. */
export type MachineMailReason = 'auto-reply' | 'bounce' | 'list' | 'loop';

/** What we send carries such a Message-ID, whatever relays do to the other headers. */
const OURS = /^<earshot\.[^@<>\s]{1,100}@/i;

/** Sender's own words for an automatic answer: any value counts but the ones that say "no". */
const AUTO_REPLY_HEADERS = [
  'x-autoreply',
  'x-autoreply-from',
  'x-autorespond',
  'x-autoresponder',
  'x-auto-reply',
  'x-auto-reply-from',
];

/** What mailbox programs call an automatic answer, in the languages we read. */
const ABSENCE =
  /^(?:auto(?:matic)?[ -]?(?:reply|response)|out of (?:the )?office|automatische (?:antwort|abwesenheit)|abwesenheit|réponse automatique|absence du bureau|respuesta automática|fuera de (?:la )?oficina|resposta automática|ausência|automatisch antwoord|afwezig)/iu;

/** Headers that people's mail carries too; one of them under an absence subject is an automatic answer. */
const HINTS = ['x-auto-response-suppress', 'x-ms-exchange-inbox-rules-loop'];

/**
 * Tells mail that machines wrote. RFC 3834 (`Auto-Submitted`), RFC 6522 (reports), RFC 2919 and 2369 (lists) and the headers
 * that help desks look for. A bounce beats a loop, a loop an automatic answer, that a list; a null Return-Path alone is a
 * bounce, since RFC 5321 keeps it for reports.
 */
export function machineMailOf(header: HeaderLookup): MachineMailReason | null {
  return reportOf(header) ?? loopOf(header) ?? autoReplyOf(header) ?? listOf(header) ?? nullSenderOf(header);
}

function reportOf(header: HeaderLookup): MachineMailReason | null {
  if (header('x-failed-recipients') !== undefined) return 'bounce';
  const type = header('content-type') ?? '';
  if (!/^multipart\/report\b/i.test(type)) return null;
  return /report-type\s*=\s*"?disposition-notification/i.test(type) ? 'auto-reply' : 'bounce';
}

function loopOf(header: HeaderLookup): MachineMailReason | null {
  return header('x-loop') !== undefined || OURS.test(header('message-id') ?? '') ? 'loop' : null;
}

function autoReplyOf(header: HeaderLookup): MachineMailReason | null {
  const isAutoReply =
    isClaimed(header('auto-submitted')) ||
    AUTO_REPLY_HEADERS.some((name) => isClaimed(header(name))) ||
    precedences(header).some((value) => /^auto[_-]reply\b/i.test(value)) ||
    /^autoresponder\b/i.test(header('delivered-to') ?? '') ||
    (ABSENCE.test(header('subject') ?? '') && HINTS.some((name) => header(name) !== undefined));
  return isAutoReply ? 'auto-reply' : null;
}

function isClaimed(value: string | undefined): boolean {
  return value !== undefined && !/^(?:no\b|(?:false|0)$)/i.test(value);
}

function listOf(header: HeaderLookup): MachineMailReason | null {
  if (header('list-id') !== undefined || header('list-unsubscribe') !== undefined) return 'list';
  return precedences(header).some((value) => /^(?:bulk|junk|list)\b/i.test(value)) ? 'list' : null;
}

function precedences(header: HeaderLookup): string[] {
  return [header('precedence') ?? '', header('x-precedence') ?? ''];
}

function nullSenderOf(header: HeaderLookup): MachineMailReason | null {
  if (/^<\s*>$/.test(header('return-path') ?? '')) return 'bounce';
  return /(?:^|[<"\s])(?:mailer-daemon|postmaster)(?:@|$)/i.test(header('from') ?? '') ? 'bounce' : null;
}
