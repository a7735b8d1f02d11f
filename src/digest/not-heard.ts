import type { FrozenFacts, Sentence, SilentAccount, SourceTrouble } from '../domain/digest.ts';
import { localDate } from './calendar.ts';
import { count, cut, listed, number, percentOf, shortDate } from './words.ts';

const SHOWN_TROUBLES = 6;

/** What the digest could not hear or could not be sure of; each number opens its mentions. */
export function notHeardOf(frozen: FrozenFacts, silent: readonly SilentAccount[]): readonly Sentence[] {
  const { bins, sources } = frozen;
  const lines: Sentence[] = sources.troubles
    .slice(0, SHOWN_TROUBLES)
    .map((trouble) => ({ text: describeTrouble(trouble, frozen.definition.zone), filter: null }));
  const more = sources.troubles.length - lines.length;
  if (more > 0)
    lines.push({ text: `${count(more, 'more source has', 'more sources have')} trouble.`, filter: null });
  if (bins.quarantined > 0) {
    const real =
      bins.looksReal > 0
        ? `; ${number(bins.looksReal)} no machine mail, so perhaps real: review them`
        : ', all machine mail';
    lines.push({
      text: `${number(bins.quarantined)} in quarantine${real}.`,
      filter: { outcome: 'quarantined' },
    });
  }
  if (bins.unsure > 0) {
    const percent = percentOf(bins.unsure, bins.heard);
    const share = percent === '' ? '' : ` (${percent} of ${number(bins.heard)} heard)`;
    lines.push({
      text: `${count(bins.unsure, 'message', 'messages')} read with low confidence${share}.`,
      filter: { outcome: 'unsure' },
    });
  }
  if (bins.waiting > 0) {
    lines.push({
      text: `${count(bins.waiting, 'message was', 'messages were')} heard but not yet read through.`,
      filter: { outcome: 'waiting' },
    });
  }
  if (bins.noOpinion > 0) {
    lines.push({
      text: `${count(bins.noOpinion, 'message')} without an opinion.`,
      filter: { outcome: 'no-opinion' },
    });
  }
  if (silent.length > 0) {
    const names = silent.slice(0, 3).map(({ name }) => cut(name, 40));
    const rest = silent.length - names.length;
    const who = rest > 0 ? `${names.join(', ')} and ${rest} more` : listed(names);
    lines.push({ text: `Silent top accounts: ${who}.`, filter: null });
  }
  return lines;
}

function describeTrouble({ name, kind, lastSuccessAt, detail }: SourceTrouble, zone: string): string {
  const source = cut(name, 60);
  switch (kind) {
    case 'failing': {
      const read =
        lastSuccessAt === null
          ? 'never read yet'
          : `last read ${shortDate(localDate(zone, Date.parse(lastSuccessAt)))}`;
      return `${source} fails, ${read}: ${cut(detail, 100)}`;
    }
    case 'silent':
      return `${source}, heard on most days of the week before, brought nothing.`;
    case 'gap':
      return `${source}: ${cut(detail, 140)}.`;
    case 'stopped':
    case 'paused':
    case 'behind':
      return `${source} is ${cut(detail, 140)}.`;
  }
}
