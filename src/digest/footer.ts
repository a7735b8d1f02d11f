import type { DigestDocument } from '../domain/digest.ts';
import { printable } from '../lib/printable.ts';
import { localDate, localTime } from './calendar.ts';
import { capitalised, count, cut, longDate, longMonth, number, shortDate } from './words.ts';

/** `Executive digest`; what every form is headed with. */
export function titleOf({ frozen }: DigestDocument): string {
  return `${capitalised(printable(frozen.definition.name))} digest`;
}

/** `Sunday 22 November 2026 · Europe/London`, with `so far` for a time that is not over. */
export function dayLine({ frozen }: DigestDocument): string {
  const { edition, today, definition, isPartial } = frozen;
  const name = {
    day: longDate(today.date),
    week: `Week to ${longDate(today.date)}`,
    month: `${longMonth(today.date)} ${today.date.slice(0, 4)}`,
  }[edition];
  return `${name}${isPartial ? ' so far' : ''} · ${definition.zone}`;
}

/** How the figures came about: window, counts, versions, next run. One sentence a line. */
export function footerLines({ frozen, models }: DigestDocument): readonly string[] {
  const { bins, today, definition } = frozen;
  const at = (instant: string): string => momentIn(definition.zone, instant);
  const counted = bins.heard - bins.quarantined - bins.ours - bins.noOpinion - bins.waiting;
  return [
    `Counted: ${at(today.from)} to ${at(today.to)} ${definition.zone}.`,
    `Heard ${number(bins.heard)}: ${number(counted)} with an opinion, ${number(bins.noOpinion)} without, ${number(bins.quarantined)} in quarantine, ${number(bins.ours)} our own, ${number(bins.waiting)} waiting.`,
    `Config ${frozen.configVersion} · model ${models.length > 0 ? models.map((model) => cut(printable(model), 60)).join(', ') : 'none used'} · compiled ${at(frozen.compiledAt)}.`,
    ...[rereadLine(frozen), refusedConfigLine(frozen)].filter((line) => line !== ''),
    `Next: ${frozen.nextRun}.`,
  ];
}

/** That somebody's change of the config is not in force; empty when all is. */
export function refusedConfigLine({
  configRefusedAt,
  configVersion,
  definition,
}: DigestDocument['frozen']): string {
  if (configRefusedAt === null) return '';
  return `A changed config was refused on ${momentIn(definition.zone, configRefusedAt)}; version ${configVersion} is still in force.`;
}

function momentIn(zone: string, instant: string): string {
  const time = Date.parse(instant);
  return `${shortDate(localDate(zone, time))} ${localTime(zone, time)}`;
}

/** That history counts differently since the digest before; empty when it does not. */
export function rereadLine({ reread }: DigestDocument['frozen']): string {
  if (reread === null) return '';
  const { model, mentions, changed } = reread;
  return `History was read again by ${cut(printable(model), 60)}: ${number(changed)} of ${count(mentions, 'message')} count differently from now on, in earlier days too.`;
}
