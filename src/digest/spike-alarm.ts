import type { OutboundMessage } from '../domain/delivery.ts';
import type { SpikeQuote } from '../domain/ports/alarm-stores.ts';
import { SPIKE_WEEKS, type SpikeRules, type SpikeSubject, type SpikeTurn } from '../domain/spike.ts';
import { printable } from '../lib/printable.ts';
import { cut, number, people } from './words.ts';

interface Setting {
  readonly quotes: readonly SpikeQuote[];
  readonly rules: SpikeRules;
  readonly publicUrl: string;
  readonly now: Date;
}

const QUOTE_LENGTH = 280;
const NAME_LENGTH = 60;

/** Tells that more people complain than usual, or that it is over. `id` names the spike, so that both are known as one. Pure. */
export function composeSpike(
  id: string,
  { subject, spike, isOver }: SpikeTurn,
  { quotes, rules, publicUrl, now }: Setting,
): OutboundMessage {
  const usual = Math.round(spike.usual);
  const compared = usual === 0 ? 'usually none' : `usually ${number(usual)}`;
  const about = aboutOf(subject);
  const headline = printable(
    isOver
      ? `Over: complaints about ${about} are down to ${people(spike.people)} in 24 hours`
      : `Complaints about ${about}: ${people(spike.people)} in 24 hours, ${compared}`,
  );
  const query = [`aspect:"${subject.aspect}"`, 'polarity:neg', 'since:2d'].join(' ');
  const url = `${publicUrl}/inbox?q=${encodeURIComponent(query)}`;
  const shown = quotes.map(({ author, platform, text }) => ({
    author: cut(printable(author), NAME_LENGTH),
    platform: cut(printable(platform), NAME_LENGTH),
    quote: cut(printable(text.trim()), QUOTE_LENGTH),
  }));
  const why = isOver
    ? `At most ${people(spike.peak)} at once; it had to be quiet for ${number(rules.cooldownMs / 3_600_000)} hours to be over.`
    : `Compared with the same 24 hours of the last ${SPIKE_WEEKS} weeks, ${compared}. It counts from ${number(rules.minPeople)} people and ${rules.factor} times the usual on.`;
  return {
    id: `spike:${id}${isOver ? ':over' : ''}`,
    kind: 'alarm',
    thread: `spike:${id}`,
    subject: cut(headline, 200),
    text: [
      headline,
      '',
      ...shown.map(({ author, platform, quote }) => `“${quote}”\n  ${author} on ${platform}`),
      why,
      '',
      url,
    ].join('\n'),
    payload: {
      spike: id,
      aspect: subject.aspect,
      theme: subject.theme,
      people: spike.people,
      peak: spike.peak,
      usual: spike.usual,
      began_at: spike.beganAt.toISOString(),
      resolved: isOver,
      quotes: shown,
      url,
    },
    createdAt: now,
  };
}

function aboutOf({ aspect, theme }: SpikeSubject): string {
  return theme === null
    ? cut(aspect, NAME_LENGTH)
    : `“${cut(theme, NAME_LENGTH)}” (${cut(aspect, NAME_LENGTH)})`;
}
