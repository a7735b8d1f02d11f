import * as fc from 'fast-check';
import type { Matcher, OpinionLabels, Route } from '../../../src/domain/routing.ts';
import { LABEL_NAMES } from '../../../src/routing/labels.ts';

/** A complaint of somebody unknown. */
export const COMPLAINT: OpinionLabels = {
  aspect: 'sales',
  polarity: 'negative',
  intent: 'complaint',
  source: 's',
  platform: 'x',
  lang: 'en',
  account: '',
  tier: '',
  urgency: '0',
  text: 't',
};

/** Few values, so that random matchers and random labels meet often. */
const value = fc.constantFrom('', 'a', 'b', 'ab', 'a\nb');

/** RE2 and JavaScript read these alike. */
const pattern = fc.constantFrom('', 'a', 'a|b', '.*', 'a.*', '[ab]+', 'a|ab', '(a|b){1,2}', '.+b');

export const labels: fc.Arbitrary<OpinionLabels> = fc.record({
  aspect: value,
  polarity: fc.constantFrom('negative', 'neutral', 'positive'),
  intent: fc.constantFrom('none', 'complaint'),
  source: value,
  platform: value,
  lang: value,
  account: value,
  tier: value,
  urgency: fc.constantFrom('0', '3'),
  text: value,
});

const matcher: fc.Arbitrary<Matcher> = fc.oneof(
  fc.record({ label: fc.constantFrom(...LABEL_NAMES), op: fc.constantFrom('=', '!='), value }),
  fc.record({ label: fc.constantFrom(...LABEL_NAMES), op: fc.constantFrom('=~', '!~'), value: pattern }),
);

export function routeOf(given: Partial<Route> = {}): Route {
  return {
    path: 'root',
    matchers: [],
    receiver: 'r',
    department: 'd',
    continue: false,
    groupBy: [],
    groupWaitMs: 0,
    groupIntervalMs: 1,
    repeatIntervalMs: 1,
    muteTimes: [],
    activeTimes: [],
    routes: [],
    ...given,
  };
}

/** Gives every node its path. */
function numbered(route: Route, path: string): Route {
  return { ...route, path, routes: route.routes.map((child, index) => numbered(child, `${path}/${index}`)) };
}

const { node } = fc.letrec<{ node: Route }>((tie) => ({
  node: fc
    .record({
      matchers: fc.array(matcher, { maxLength: 2 }),
      continue: fc.boolean(),
      routes: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.constant([]),
        fc.array(tie('node'), { maxLength: 4 }),
      ),
    })
    .map((given) => routeOf(given)),
}));

/** A tree whose root takes everything, as the config guarantees. */
export const tree: fc.Arbitrary<Route> = node.map((route) =>
  numbered({ ...route, matchers: [], continue: false }, 'root'),
);
