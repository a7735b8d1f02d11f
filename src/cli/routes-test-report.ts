import type { EarshotConfig } from '../config/config.ts';
import type { RouteMatch } from '../domain/routing.ts';
import { formatDuration } from '../lib/duration.ts';
import { groupKeyOf } from '../routing/group-key.ts';
import type { LabelSet } from '../routing/labels.ts';
import { matchRoutes } from '../routing/match-routes.ts';

/** One route that took an opinion, as `--json` prints it. */
interface RouteReport {
  readonly path: string;
  readonly why: RouteMatch['why'];
  readonly receiver: string;
  /** Kinds of the receiver's ways out. */
  readonly ways_out: readonly string[];
  readonly department: string;
  readonly department_why: string;
  readonly group: { readonly key: string; readonly labels: Readonly<Record<string, string>> };
  readonly group_wait: string;
  readonly group_interval: string;
  readonly repeat_interval: string;
}

/** One opinion, or one set of labels, and every route that takes it. */
export interface OpinionReport {
  readonly labels: LabelSet;
  readonly routes: readonly RouteReport[];
}

/** What became of one text. */
export interface TextReport {
  readonly line: number;
  readonly text: string;
  readonly spam: boolean;
  readonly opinions: readonly OpinionReport[];
}

/** Where the labels lead in this config, and why. */
export function reportOpinion(config: EarshotConfig, labels: LabelSet): OpinionReport {
  const routes = matchRoutes(config.route, labels).map((match) => reportMatch(config, labels, match));
  return { labels, routes };
}

function reportMatch(
  config: EarshotConfig,
  labels: LabelSet,
  { route, department, why }: RouteMatch,
): RouteReport {
  const receiver = config.receivers.find(({ name }) => name === route.receiver);
  return {
    path: route.path,
    why,
    receiver: route.receiver,
    ways_out: receiver?.integrations.map(({ kind }) => kind) ?? [],
    department,
    department_why: whyDepartment(route, labels.aspect ?? ''),
    group: groupKeyOf(route, { ...labels, department }),
    group_wait: formatDuration(route.groupWaitMs),
    group_interval: formatDuration(route.groupIntervalMs),
    repeat_interval: formatDuration(route.repeatIntervalMs),
  };
}

function whyDepartment({ owners }: RouteMatch['route'], aspect: string): string {
  if (owners === undefined) return 'named by the route';
  return owners.has(aspect) ? `owns ${aspect}` : `the root's, nobody owns ${aspect === '' ? 'it' : aspect}`;
}

/** The lines of a text and its opinions for a person to read. */
export function renderText({ line, text, spam, opinions }: TextReport): string[] {
  const lines = [`${line}: ${oneLine(text)}`];
  if (spam) return [...lines, '  spam: goes to the quarantine, not to a route'];
  if (opinions.length === 0) return [...lines, '  no opinion: goes to no route'];
  return [...lines, ...opinions.flatMap((opinion) => renderOpinion(opinion).map((row) => `  ${row}`))];
}

/** The lines of one opinion: its labels, then for each route the way from the root and what happens there. */
export function renderOpinion({ labels, routes }: OpinionReport): string[] {
  const { text, ...others } = labels;
  const shown = Object.entries(others).filter(([, value]) => value !== '');
  const heading = shown.map(([name, value]) => `${name}=${oneLine(value)}`).join(' ');
  return [
    `${heading === '' ? 'no labels' : heading}${text === undefined ? '' : ` "${oneLine(text)}"`}`,
    ...routes.flatMap(renderRoute),
  ];
}

function renderRoute(route: RouteReport): string[] {
  const steps = route.why.map(({ path, matchers }, depth) => {
    const branch = depth === 0 ? '' : `${'   '.repeat(depth - 1)}└─ `;
    return `  ${branch}${path}${matchers.length === 0 ? '' : `  ${matchers.map(oneLine).join(', ')}`}`;
  });
  const indent = '   '.repeat(route.why.length);
  const ways = route.ways_out.length === 0 ? 'sends nothing' : route.ways_out.join(', ');
  const group = Object.entries(route.group.labels).map(([name, value]) => `${name}="${oneLine(value)}"`);
  return [
    ...steps,
    `${indent}department  ${route.department} (${route.department_why})`,
    `${indent}receiver    ${route.receiver} (${ways})`,
    `${indent}group       ${route.group.key} {${group.join(', ')}}`,
    `${indent}timing      first after ${route.group_wait}, changes after ${route.group_interval}, again after ${route.repeat_interval}`,
  ];
}

/** Texts come from strangers: control and direction characters, which a terminal would obey, become spaces. */
function oneLine(text: string): string {
  const flat = text.replaceAll(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]+/gu, ' ').trim();
  return flat.length > 200 ? `${flat.slice(0, 200).toWellFormed()}…` : flat;
}
