/** Reads one header: its first value, unfolded and trimmed, or undefined when the mail has none. */
export type HeaderLookup = (name: string) => string | undefined;

/** Why a mail was not written by a person, told from its headers alone. */
export type MachineMailReason = 'auto-reply' | 'bounce' | 'list' | 'loop';

const REPORTS: readonly [RegExp, MachineMailReason][] = [
  [/report-type\s*=\s*"?delivery-status/i, 'bounce'],
  [/report-type\s*=\s*"?disposition-notification/i, 'auto-reply'],
];

/** Sender's own words for an automatic answer: any value counts but the ones that say "no". */
const AUTO_REPLY_HEADERS = ['x-autoreply', 'x-autorespond', 'x-autoresponder', 'x-auto-reply'];

/**
 * Tells mail that machines wrote. RFC 3834 (`Auto-Submitted`), RFC 3464 (delivery reports), RFC 2919 and 2369 (lists) and the
 * headers that help desks look for. A bounce beats a loop, a loop an automatic answer, that a list; a null Return-Path alone
 * is a bounce, since RFC 5321 keeps it for reports.
 */
export function machineMailOf(header: HeaderLookup): MachineMailReason | null {
  return reportOf(header) ?? loopOf(header) ?? autoReplyOf(header) ?? listOf(header) ?? nullSenderOf(header);
}

function reportOf(header: HeaderLookup): MachineMailReason | null {
  if (header('x-failed-recipients') !== undefined) return 'bounce';
  const type = header('content-type') ?? '';
  if (!/^multipart\/report\b/i.test(type)) return null;
  for (const [pattern, reason] of REPORTS) if (pattern.test(type)) return reason;
  return null;
}

function loopOf(header: HeaderLookup): MachineMailReason | null {
  return header('x-loop') === undefined ? null : 'loop';
}

function autoReplyOf(header: HeaderLookup): MachineMailReason | null {
  const submitted = header('auto-submitted');
  if (submitted !== undefined && !/^no\b/i.test(submitted)) return 'auto-reply';
  for (const name of AUTO_REPLY_HEADERS) {
    const value = header(name);
    if (value !== undefined && !/^(no|false|0)$/i.test(value)) return 'auto-reply';
  }
  return /^auto[_-]reply\b/i.test(header('precedence') ?? '') ? 'auto-reply' : null;
}

function listOf(header: HeaderLookup): MachineMailReason | null {
  if (header('list-id') !== undefined || header('list-unsubscribe') !== undefined) return 'list';
  return /^(bulk|junk|list)\b/i.test(header('precedence') ?? '') ? 'list' : null;
}

function nullSenderOf(header: HeaderLookup): MachineMailReason | null {
  if (/^<\s*>$/.test(header('return-path') ?? '')) return 'bounce';
  return /(^|[<"\s])mailer-daemon@/i.test(header('from') ?? '') ? 'bounce' : null;
}
