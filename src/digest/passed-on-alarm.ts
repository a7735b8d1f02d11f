import type { CaseState } from '../domain/case.ts';
import type { OutboundMessage } from '../domain/delivery.ts';
import { cut } from './words.ts';

interface PassedOn extends Pick<CaseState, 'id' | 'department'> {
  readonly to: string;
  readonly reason: string;
  /** Who passed it on. */
  readonly by: string;
}

/** Tells a department that it has a case by now which another one had. Pure. */
export function composePassedOn(
  { id, department, to, reason, by }: PassedOn,
  { publicUrl, now }: { readonly publicUrl: string; readonly now: Date },
): OutboundMessage {
  const subject = cut(`${to}: ${department} passed a case on to you`, 150);
  const url = `${publicUrl}/inbox?department=${encodeURIComponent(to)}`;
  return {
    id: `passed-on:${id}:${now.getTime()}`,
    kind: 'alarm',
    subject,
    text: [subject, '', `${cut(by, 80)} says: ${cut(reason, 300)}`, '', url].join('\n'),
    payload: { case: id, from: department, to, reason: cut(reason, 300), by, url },
    createdAt: now,
  };
}
