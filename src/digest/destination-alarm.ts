import type { OutboundMessage } from '../domain/delivery.ts';
import type { DisabledDestination } from '../domain/ports/delivery-store.ts';
import { cut } from './words.ts';

interface Setting {
  readonly publicUrl: string;
  readonly now: Date;
}

/** Tells people, by another way out, that nothing is sent to a destination any more and what to do. Pure. */
export function composeDestinationAlarm(
  { receiver, integration, number, disabledAt, reason, waiting }: DisabledDestination,
  { publicUrl, now }: Setting,
): OutboundMessage {
  const name = `${receiver}/${integration}/${number}`;
  const subject = cut(`Nothing is sent to ${name} any more: it refuses us`, 150);
  const url = `${publicUrl}/deliveries?receiver=${encodeURIComponent(receiver)}&status=pending`;
  const lines = [
    `The destination ${name} is switched off; its last answer was "${reason}".`,
    `What is meant for it is kept (${waiting} waiting) and goes out once it is on again.`,
    `Put it right in earshot.yaml and start Earshot, or run: earshot deliveries enable ${name}`,
  ];
  return {
    id: `destination:${name}:${disabledAt.getTime()}`,
    kind: 'alarm',
    subject,
    text: [subject, '', ...lines, '', url].join('\n'),
    payload: { destination: name, reason, waiting, disabled_at: disabledAt.toISOString(), url },
    createdAt: now,
  };
}
