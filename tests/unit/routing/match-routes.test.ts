import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Matcher, OpinionLabels, Route } from '../../../src/domain/routing.ts';
import { matchRoutes } from '../../../src/routing/match-routes.ts';
import { parseMatchers } from '../../../src/routing/parse-matcher.ts';
import { labels, routeOf, tree } from './arbitraries.ts';

function child(path: string, matchers: string, given: Partial<Route> = {}): Route {
  return routeOf({ path, matchers: parseMatchers(matchers), ...given });
}

function pathsOf(root: Route, set: Partial<OpinionLabels>): string[] {
  return matchRoutes(root, set).map(({ route }) => route.path);
}

const ROOT = routeOf({
  routes: [
    child('root/0', 'aspect=sales', {
      routes: [
        child('root/0/0', 'tier=~"1|gold"', { continue: true }),
        child('root/0/1', 'polarity="negative"'),
      ],
    }),
    child('root/1', 'aspect=pricing', { continue: true }),
    child('root/2', 'aspect=~"pricing|product"'),
    child('root/3', 'aspect=~".+"'),
  ],
});

/** The rule written down a second time, as slowly and plainly as possible, with JavaScript's own expressions. */
function reference(node: Route, set: OpinionLabels): string[] {
  const takes = ({ label, op, value }: Matcher): boolean => {
    const actual = new Map(Object.entries(set)).get(label) ?? '';
    const isMatch = new RegExp(`^(?:${value})$`, 's').test(actual);
    return { '=': actual === value, '!=': actual !== value, '=~': isMatch, '!~': !isMatch }[op];
  };
  if (node.matchers.some((matcher) => !takes(matcher))) return [];
  const answers = node.routes.map((route) => ({ found: reference(route, set), goesOn: route.continue }));
  const last = answers.findIndex(({ found, goesOn }) => found.length > 0 && !goesOn);
  const below = answers.slice(0, last === -1 ? answers.length : last + 1).flatMap(({ found }) => found);
  return below.length > 0 ? below : [node.path];
}

describe('matchRoutes', () => {
  it.each([
    [{ aspect: 'sales' }, ['root/0']],
    [{ aspect: 'sales', tier: 'gold' }, ['root/0/0']],
    [{ aspect: 'sales', tier: 'gold', polarity: 'negative' as const }, ['root/0/0', 'root/0/1']],
    [{ aspect: 'pricing' }, ['root/1', 'root/2']],
    [{ aspect: 'product' }, ['root/2']],
    [{ aspect: 'service' }, ['root/3']],
    [{}, ['root']],
  ])('sends %j to %j', (set, paths) => {
    expect(pathsOf(ROOT, set)).toEqual(paths);
  });

  it('tells each node on the way with the matchers that let the opinion through', () => {
    const [match] = matchRoutes(ROOT, { aspect: 'sales', tier: '1' });

    expect(match?.why).toEqual([
      { path: 'root', matchers: [] },
      { path: 'root/0', matchers: ['aspect="sales"'] },
      { path: 'root/0/0', matchers: ['tier=~"1|gold"'] },
    ]);
  });

  it('gives an opinion to its aspect’s owner, to the route’s department, or to the root’s, in this order of decision', () => {
    const owners = new Map([['sales', 'sellers']]);
    const root = routeOf({ owners, routes: [child('root/0', 'tier=gold', { department: 'key accounts' })] });
    const departmentOf = (set: Partial<OpinionLabels>) => matchRoutes(root, set)[0]?.department;

    expect(departmentOf({ aspect: 'sales' })).toBe('sellers');
    expect(departmentOf({ aspect: 'sales', tier: 'gold' })).toBe('key accounts');
    expect(departmentOf({ aspect: 'constructor' })).toBe('d');
  });

  it('finds a route for every opinion in every tree', () => {
    fc.assert(
      fc.property(tree, labels, (root, set) => {
        expect(matchRoutes(root, set)).not.toHaveLength(0);
      }),
    );
  });

  it('does what Alertmanager’s rule says, for every tree and opinion', () => {
    fc.assert(
      fc.property(tree, labels, (root, set) => {
        expect(pathsOf(root, set)).toEqual(reference(root, set));
      }),
      { numRuns: 2000 },
    );
  });

  it('never names a route twice, and names them in the order of the file', () => {
    fc.assert(
      fc.property(tree, labels, (root, set) => {
        const order = (route: Route): string[] => [route.path, ...route.routes.flatMap(order)];
        const paths = pathsOf(root, set);
        expect(paths).toEqual(order(root).filter((path) => paths.includes(path)));
      }),
    );
  });
});
