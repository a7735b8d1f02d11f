import { createHash } from 'node:crypto';
import type { Route } from '../domain/routing.ts';
import { GROUP_LABEL_NAMES, type GroupLabelName, type LabelSet } from './labels.ts';

/** Spelled in `group_by`, it groups by every label: each different set of labels is a group of its own. */
export const EVERY_LABEL = '...';

/** A group's identity and the labels its members share. */
export interface GroupKey {
  /**
   * The route's path and 32 hexadecimal digits, e.g. `root/0#5f2c…`: equal for equal labels, whatever order `group_by`
   * has. It is a digest because the labels may hold customers' words, which belong in no key, log or index.
   */
  readonly key: string;
  /** Sorted by name; a missing label is the empty string. */
  readonly labels: Readonly<Partial<Record<GroupLabelName, string>>>;
}

/** Which group of `route` an opinion joins. */
export function groupKeyOf(route: Route, labels: LabelSet & { readonly department: string }): GroupKey {
  const isEvery = route.groupBy.includes(EVERY_LABEL);
  const names = GROUP_LABEL_NAMES.filter((name) => isEvery || route.groupBy.includes(name)).toSorted();
  const pairs = names.map((name) => [name, labels[name] ?? ''] as const);
  const hash = createHash('sha256').update(JSON.stringify(pairs)).digest('hex').slice(0, 32);
  return { key: `${route.path}#${hash}`, labels: Object.fromEntries(pairs) };
}
