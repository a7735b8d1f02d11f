import type { EvidenceFilter } from '../../domain/digest.ts';
import type { SaidLabel } from '../../domain/rollup.ts';
import type { Aspect } from '../../domain/words.ts';
import type { People, Speech } from './people.ts';

type OpinionFilter = Pick<EvidenceFilter, 'aspect' | 'polarity' | 'intent' | 'urgent' | 'account'>;

/** Finds the mentions behind a number. */
export interface MentionSearch {
  add(speech: Speech): void;
  /** Ids of all of them, newest first. */
  found(): readonly number[];
}

/** `aspects`: what the digest is about; null: everything. */
export function createMentionSearch(
  people: People,
  aspects: readonly Aspect[] | null,
  { aspect, polarity, intent, urgent, account }: OpinionFilter,
): MentionSearch {
  const found: number[] = [];
  const isMeant = (said: SaidLabel): boolean =>
    (aspects === null || aspects.includes(said.aspect)) &&
    (aspect === undefined || said.aspect === aspect) &&
    (polarity === undefined || said.polarity === polarity) &&
    (intent === undefined || said.intent === intent) &&
    (urgent === undefined || said.urgency >= 2);
  return {
    add({ rollup, speakers }) {
      const { label, message, mention } = rollup;
      const meant = rollup.labels.map(isMeant);
      let newest = -1;
      for (let at = 0; at < label.length; at += 1) {
        const place = message[at] ?? 0;
        if (place === newest || meant[label[at] ?? 0] !== true) continue;
        if (account !== undefined && `${people.accountOf(speakers[place] ?? 0)}` !== account) continue;
        newest = place;
        found.push(mention[place] ?? 0);
      }
    },
    found: () => found.toReversed(),
  };
}
