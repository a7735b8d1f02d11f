import type { OpinionLabels, Route } from '../domain/routing.ts';
import { matchRoutes } from './match-routes.ts';

/** The labels of a complaint of which nothing but its aspect, and perhaps its words, is known. */
export function complaintOn(aspect: string, text = ''): OpinionLabels {
  return {
    aspect,
    polarity: 'negative',
    intent: 'complaint',
    source: '',
    platform: '',
    lang: '',
    account: '',
    tier: '',
    urgency: '0',
    text,
  };
}

/** Who hears of complaints that are a department's: the receivers of their routes; of a department without any, the root's. Pure. */
export function receiversOf(
  root: Route,
  { name, aspects }: { readonly name: string; readonly aspects: readonly string[] },
): readonly string[] {
  const own = aspects
    .flatMap((aspect) => matchRoutes(root, complaintOn(aspect)))
    .filter(({ department }) => department === name)
    .map(({ route }) => route.receiver);
  return own.length === 0 ? [root.receiver] : [...new Set(own)];
}
