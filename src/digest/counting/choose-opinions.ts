import type { SaidLabel } from '../../domain/rollup.ts';
import type { Aspect } from '../../domain/words.ts';
import type { People, Speech } from './people.ts';

/** How many of one kind are kept: a few more than are read, for those whose weights differ by a rounding. */
const KEPT = 30;
const KEPT_URGENT = 55;

/** What an opinion weighs by its label: how much its words are worth quoting, before its confidence and its account. */
function labelWeight({ urgency, isMixed, polarity, isShort }: SaidLabel): number {
  return (1 + 0.2 * urgency) * (isMixed ? 1.3 : 1) * (polarity === 'neutral' ? 0.5 : 1) * (isShort ? 0.6 : 1);
}

/** Keeps the heaviest; of equals those of the newer mention. */
export class Heaviest {
  private readonly most: number;
  private weights: number[] = [];
  private mentions: number[] = [];

  constructor(most: number) {
    this.most = most;
  }

  offer(weight: number, mention: number): void {
    const { weights, mentions, most } = this;
    let at = weights.length;
    if (at === most && !isHeavier(weight, mention, weights[at - 1] ?? 0, mentions[at - 1] ?? 0)) return;
    while (at > 0 && isHeavier(weight, mention, weights[at - 1] ?? 0, mentions[at - 1] ?? 0)) at -= 1;
    weights.splice(at, 0, weight);
    mentions.splice(at, 0, mention);
    if (weights.length > most) {
      weights.pop();
      mentions.pop();
    }
  }

  get chosen(): readonly number[] {
    return this.mentions;
  }
}

function isHeavier(weight: number, mention: number, thanWeight: number, thanMention: number): boolean {
  return weight > thanWeight || (weight === thanWeight && mention > thanMention);
}

/** How much the opinion at a place of a speech is worth quoting, in millionths. `roster`: ids of the accounts that weigh most. */
export function weigher(people: People, roster: readonly string[]): (speech: Speech, at: number) => number {
  const top = new Set(roster.map(Number));
  return ({ rollup, speakers }, at) => {
    const label = rollup.labels[rollup.label[at] ?? 0];
    const account = people.accountOf(speakers[rollup.message[at] ?? 0] ?? 0);
    const standing = account === 0 ? 1 : top.has(account) ? 1.6 : 1.25;
    return Math.round(
      (rollup.confidence[at] ?? 0) * standing * (label === undefined ? 0 : labelWeight(label)) * 100,
    );
  };
}

/** Finds the mentions whose words a digest may quote: by aspect and polarity, of some intents, urgent ones. */
export interface OpinionChoice {
  add(speech: Speech): void;
  /** Ids. */
  mentions(): readonly string[];
}

/** Chooses from what is about the aspects; null: everything. */
export function createOpinionChoice(
  people: People,
  aspects: readonly Aspect[] | null,
  roster: readonly string[],
): OpinionChoice {
  const weigh = weigher(people, roster);
  const heaviest = new Map<string, Heaviest>();
  const listOf = (name: string, most: number): Heaviest => {
    const list = heaviest.get(name) ?? new Heaviest(most);
    heaviest.set(name, list);
    return list;
  };
  const listsOf = (label: SaidLabel): readonly Heaviest[] => {
    const { aspect, polarity, intent, urgency } = label;
    if (aspects !== null && !aspects.includes(aspect)) return [];
    const lists = [listOf(`${polarity} ${aspect}`, KEPT)];
    if (intent === 'purchase' || intent === 'churn') lists.push(listOf(intent, KEPT));
    if (urgency >= 2) lists.push(listOf('urgent', KEPT_URGENT));
    return lists;
  };
  return {
    add(speech) {
      const { label, labels, message, mention } = speech.rollup;
      const lists = labels.map(listsOf);
      for (let at = 0; at < label.length; at += 1) {
        const wanted = lists[label[at] ?? 0] ?? [];
        if (wanted.length === 0) continue;
        const weight = weigh(speech, at);
        for (const list of wanted) list.offer(weight, mention[message[at] ?? 0] ?? 0);
      }
    },
    mentions: () => [...new Set([...heaviest.values()].flatMap(({ chosen }) => chosen))].map(String),
  };
}
