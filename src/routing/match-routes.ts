import type { Matcher, Route, RouteMatch } from '../domain/routing.ts';
import type { LabelSet } from './labels.ts';
import { formatMatcher, matches } from './matcher.ts';

type Step = RouteMatch['why'][number];

function departmentOf(route: Route, labels: LabelSet): string {
  return route.owners?.get(labels.aspect ?? '') ?? route.department;
}

function walk(route: Route, labels: LabelSet, above: readonly Step[]): RouteMatch[] {
  if (!route.matchers.every((matcher: Matcher) => matches(matcher, labels))) return [];
  const why = [...above, { path: route.path, matchers: route.matchers.map(formatMatcher) }];
  const found: RouteMatch[] = [];
  for (const child of route.routes) {
    const below = walk(child, labels, why);
    found.push(...below);
    if (below.length > 0 && !child.continue) break;
  }
  return found.length > 0 ? found : [{ route, department: departmentOf(route, labels), why }];
}

/**
 * Where an opinion goes, by Alertmanager's rule (dispatch/route.go, `Route.Match`): depth first, left to right; the
 * first child that takes it ends the search among its siblings unless it says `continue`; a node whose children all
 * decline takes it itself. A root without matchers, which the config guarantees, makes the answer never empty.
 */
export function matchRoutes(root: Route, labels: LabelSet): RouteMatch[] {
  return walk(root, labels, []);
}
