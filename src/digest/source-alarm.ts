import type { OutboundMessage } from '../domain/delivery.ts';
import type { SourceHealth } from '../domain/source-health.ts';
import { cut } from './words.ts';

interface Setting {
  /** Names this trouble of this source, so that a repeat is recognisable as one. */
  readonly alarm: string;
  /** True when the trouble is over. */
  readonly isOver: boolean;
  readonly publicUrl: string;
  readonly now: Date;
}

/** Tells people that a source cannot be heard, or that it is heard again. Pure. */
export function composeSourceAlarm(
  health: SourceHealth,
  { alarm, isOver, publicUrl, now }: Setting,
): OutboundMessage {
  const { name, kind, state, sentence, remedy } = health;
  const subject = isOver
    ? `${cut(name, 60)} is heard again`
    : cut(`${cut(name, 60)} cannot be relied on: ${sentence}`, 150);
  const url = `${publicUrl}/sources`;
  const lines = isOver
    ? [`The source ${name} (${kind}) is heard again: ${sentence}.`]
    : [
        `The source ${name} (${kind}) is ${sentence}.`,
        ...(remedy === null ? [] : [`${remedy}.`]),
        'Until then digests say under "Not heard" what is missing.',
      ];
  return {
    id: `source:${alarm}${isOver ? ':over' : ''}`,
    kind: 'alarm',
    subject,
    text: [subject, '', ...lines, '', url].join('\n'),
    payload: { source: name, kind, state, sentence, remedy, resolved: isOver, url },
    createdAt: now,
  };
}
