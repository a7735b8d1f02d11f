import type { Route } from '../domain/routing.ts';
import { EVERY_LABEL } from '../routing/group-key.ts';
import { GROUP_LABEL_NAMES, isGroupLabelName, LABEL_NAMES, unknownLabelMessage } from '../routing/labels.ts';
import { checked } from './checked.ts';
import type { Path } from './faults.ts';
import { readMatchers } from './matchers.ts';
import { checkReference, type KnownNames } from './references.ts';
import { routeSchema } from './section-schemas.ts';
import { checkTimes } from './time-intervals.ts';
import type { YamlDocument } from './yaml-document.ts';

type RouteOptions = Partial<NonNullable<ReturnType<typeof readOptions>>>;
type Inherited = Omit<Route, 'path' | 'matchers' | 'continue' | 'muteTimes' | 'activeTimes' | 'routes'>;

interface TreeContext {
  readonly document: YamlDocument;
  readonly names: KnownNames;
  /** Aspect to the department that owns it. */
  readonly owners: ReadonlyMap<string, string>;
}

const ROOT = 'root';

/** Alertmanager's own defaults (dispatch/route.go, `DefaultRouteOpts`). */
const DEFAULTS = { groupBy: [], groupWaitMs: 30_000, groupIntervalMs: 300_000, repeatIntervalMs: 14_400_000 };

/**
 * Builds the routing tree with every option inherited from above, as Alertmanager does; `matchers`, `continue`,
 * time intervals and `routes` are never inherited. Faults go to the document; the tree is whole only when there is none.
 */
export function readRouteTree(context: TreeContext, value: unknown): Route {
  const inherited = { ...DEFAULTS, receiver: '', department: '', owners: context.owners };
  const options = readOptions(context, value, ['route']);
  for (const key of ['receiver', 'department'] as const) {
    if (options !== undefined && options[key] === undefined) {
      context.document.addFault(
        ['route', key],
        `the root route needs a ${key}, so that nothing stays unrouted; add "${key}: …"`,
      );
    }
  }
  for (const key of ['matchers', 'continue', 'mute_time_intervals', 'active_time_intervals'] as const) {
    if (options?.[key] === undefined) continue;
    context.document.addFault(
      ['route', key],
      `the root route takes everything and has no "${key}"; move it to a route below`,
      {
        at: 'key',
      },
    );
  }
  return readNode(context, { value, options, path: ['route'], treePath: ROOT, inherited });
}

function readOptions({ document }: TreeContext, value: unknown, path: Path) {
  return checked(document, { schema: routeSchema, value, path });
}

function readNode(
  context: TreeContext,
  node: {
    value: unknown;
    options: RouteOptions | undefined;
    path: Path;
    treePath: string;
    inherited: Inherited;
  },
): Route {
  const { path, treePath } = node;
  const options = node.options ?? {};
  checkNames(context, options, path);
  checkGroupBy(context.document, options.group_by ?? [], [...path, 'group_by']);
  const inherited = inherit(node.inherited, options, treePath === ROOT);
  return {
    ...inherited,
    path: treePath,
    matchers: readMatchers(context, options.matchers ?? [], {
      path: [...path, 'matchers'],
      labels: LABEL_NAMES,
    }),
    continue: options.continue ?? false,
    muteTimes: options.mute_time_intervals ?? [],
    activeTimes: options.active_time_intervals ?? [],
    // With a fault in the node itself its children are still looked at, so that all faults are told at once.
    routes: (options.routes ?? childrenOf(node.value)).map((value, index) => {
      const childPath = [...path, 'routes', index];
      const childOptions = readOptions(context, value, childPath);
      return readNode(context, {
        value,
        options: childOptions,
        path: childPath,
        treePath: `${treePath}/${index}`,
        inherited,
      });
    }),
  };
}

function inherit(above: Inherited, options: RouteOptions, isRoot: boolean): Inherited {
  const { owners, ...rest } = above;
  // The root's department is the last resort, not a decision: only one named below it takes opinions from the owners.
  const isOwnersChoice = owners !== undefined && (isRoot || options.department === undefined);
  return {
    ...rest,
    ...(isOwnersChoice ? { owners } : {}),
    receiver: options.receiver ?? above.receiver,
    department: options.department ?? above.department,
    groupBy: options.group_by ?? above.groupBy,
    groupWaitMs: options.group_wait ?? above.groupWaitMs,
    groupIntervalMs: options.group_interval ?? above.groupIntervalMs,
    repeatIntervalMs: options.repeat_interval ?? above.repeatIntervalMs,
  };
}

function childrenOf(value: unknown): readonly unknown[] {
  const routes = typeof value === 'object' && value !== null && 'routes' in value ? value.routes : [];
  return Array.isArray(routes) ? routes : [];
}

function checkNames({ document, names }: TreeContext, options: RouteOptions, path: Path): void {
  const { receiver, department } = options;
  if (receiver !== undefined) {
    checkReference(document, {
      name: receiver,
      known: names.receivers,
      noun: 'receiver',
      path: [...path, 'receiver'],
    });
  }
  if (department !== undefined) {
    const at = [...path, 'department'];
    checkReference(document, { name: department, known: names.departments, noun: 'department', path: at });
  }
  for (const key of ['mute_time_intervals', 'active_time_intervals'] as const)
    checkTimes(document, options[key] ?? [], { known: names.timeIntervals, path: [...path, key] });
}

function checkGroupBy(document: YamlDocument, groupBy: readonly string[], path: Path): void {
  if (groupBy.includes(EVERY_LABEL) && groupBy.length > 1) {
    document.addFault(path, `"${EVERY_LABEL}" groups by every label already; remove the others`);
  }
  for (const [index, label] of groupBy.entries()) {
    const at = [...path, index];
    const isKnown = label === EVERY_LABEL || isGroupLabelName(label);
    if (!isKnown) document.addFault(at, unknownLabelMessage(label, GROUP_LABEL_NAMES));
    if (groupBy.indexOf(label) < index)
      document.addFault(at, `"${label}" stands in group_by twice; remove one`);
  }
}
