import type { CaseState } from '../domain/case.ts';
import type { OutboundMessage } from '../domain/delivery.ts';
import { cut } from './words.ts';

interface Dispute extends Pick<CaseState, 'id' | 'department'> {
  readonly to: string;
  readonly reason: string;
  readonly arbiter: string | null;
}

/** Tells that two departments have passed a case on, and who decides whose it is. Pure. */
export function composeDispute(
  { id, department, to, reason, arbiter }: Dispute,
  { publicUrl, now }: { readonly publicUrl: string; readonly now: Date },
): OutboundMessage {
  const who = arbiter ?? 'an executive';
  const subject = cut(
    `Whose is it? ${department} passed a case on to ${to}, the second time it was passed on`,
    150,
  );
  const url = `${publicUrl}/inbox?q=is:disputed`;
  const lines = [
    `${department} says: ${cut(reason, 300)}`,
    `${to} has it now. Should it say the same, ${who} decides.`,
  ];
  return {
    id: `dispute:${id}:${now.getTime()}`,
    kind: 'alarm',
    subject,
    text: [subject, '', ...lines, '', url].join('\n'),
    payload: { case: id, from: department, to, reason: cut(reason, 300), arbiter, url },
    createdAt: now,
  };
}
