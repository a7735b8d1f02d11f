import type { Person } from '../domain/access.ts';
import type { Label } from '../domain/case.ts';
import type { HeldDecision, HeldMentionStore, HeldState } from '../domain/ports/held-mention-store.ts';
import type { WakeUp } from '../domain/ports/wake-up.ts';
import type { Outcome } from '../domain/words.ts';
import { decideByOpinions } from './decide-outcome.ts';

/** What a person decides on a mention that was held back. */
export type MentionDecision =
  | { readonly kind: 'release' }
  | { readonly kind: 'confirm' }
  | {
      readonly kind: 'correct';
      readonly corrections: readonly { readonly opinionId: string; readonly label: Label }[];
    };

/** The reason of a mention without an opinion when a person said so. */
export const FOUND_NONE = 'a person found none in it';

export interface DecideMentionDeps {
  readonly held: HeldMentionStore;
  readonly wake: WakeUp;
}

/** Decides on a held mention and sends it on; the outcome it has now, null while it is on its way. Throws as the store does. */
export async function decideMention(
  { held, wake }: DecideMentionDeps,
  {
    id,
    decision,
    person,
  }: { readonly id: string; readonly decision: MentionDecision; readonly person: Person },
): Promise<Outcome | null> {
  const next = await held.decide({ id, kind: decision.kind, person }, (state) => decideHeld(state, decision));
  if (typeof next !== 'string') return next.outcome;
  await wake(next);
  return null;
}

/** What becomes of a held mention by a person's decision. Pure. */
export function decideHeld(state: HeldState, decision: MentionDecision): HeldDecision {
  if (decision.kind === 'release') return release(state);
  const { outcome, opinions } = state;
  if (outcome !== 'unsure' || opinions === null) return refuse(outcome, 'unsure');
  const said = new Map(
    decision.kind === 'correct' ? decision.corrections.map(({ opinionId, label }) => [opinionId, label]) : [],
  );
  const unknown = [...said.keys()].find((id) => !opinions.some(({ opinionId }) => opinionId === id));
  if (unknown !== undefined) return { refusal: `It has no opinion ${unknown}` };
  // Who corrects some of them has looked at all of them.
  const labels = opinions.map(({ opinionId, label }) => ({ opinionId, label: said.get(opinionId) ?? label }));
  const isOpinion = labels.some(({ label }) => label.polarity !== null);
  const next = isOpinion ? 'route' : { outcome: 'no-opinion' as const, reason: FOUND_NONE };
  return { next, labels, isReleased: false };
}

function release({ outcome, opinions, failure }: HeldState): HeldDecision {
  if (outcome !== 'quarantined') return refuse(outcome, 'quarantined');
  if (failure !== null) return { refusal: 'Its text could not be analysed, so there is nothing to route' };
  const settled = { labels: [], isReleased: true };
  if (opinions === null) return { next: 'analyse', ...settled };
  const decided = decideByOpinions(opinions);
  if (decided.outcome === null) return { next: 'route', ...settled };
  return { next: { outcome: decided.outcome, reason: decided.outcomeReason }, ...settled };
}

function refuse(outcome: Outcome | null, wanted: Outcome): HeldDecision {
  return {
    refusal: `It is ${outcome ?? 'on its way'} and not ${wanted}; somebody has decided on it already`,
  };
}
