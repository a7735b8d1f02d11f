import type { OpinionLabels } from '../domain/routing.ts';
import { INTENTS, POLARITIES } from '../domain/words.ts';
import { closestWord } from '../lib/closest-word.ts';

/** The closed list of labels that matchers may name. */
export const LABEL_NAMES = [
  'aspect',
  'polarity',
  'intent',
  'source',
  'platform',
  'lang',
  'account',
  'tier',
  'urgency',
  'text',
] as const satisfies readonly (keyof OpinionLabels)[];

export type LabelName = (typeof LABEL_NAMES)[number];

/** What a matcher looks at: a label that is missing counts as the empty string. */
export type LabelSet = Readonly<Partial<Record<LabelName, string>>>;

/** What `group_by` may name: every label, and the department that gets the opinion. */
export const GROUP_LABEL_NAMES = [...LABEL_NAMES, 'department'] as const;

export type GroupLabelName = (typeof GROUP_LABEL_NAMES)[number];

export function isLabelName(name: string): name is LabelName {
  return LABEL_NAMES.some((known) => known === name);
}

export function isGroupLabelName(name: string): name is GroupLabelName {
  return GROUP_LABEL_NAMES.some((known) => known === name);
}

/** Says that `name` is no label, with the label that was probably meant or the whole list. */
export function unknownLabelMessage(name: string, known: readonly string[] = LABEL_NAMES): string {
  const meant = closestWord(name, known);
  return `unknown label "${name}", ${meant === undefined ? `use one of ${known.join(', ')}` : `did you mean "${meant}"?`}`;
}

/**
 * Says that a label never has this value, for the labels whose values are a closed list; undefined when it may. `known` are the
 * workspace's names.
 */
export function unknownValueMessage(
  label: string,
  value: string,
  known: { readonly aspects: Iterable<string>; readonly departments?: Iterable<string> | undefined },
): string | undefined {
  const closed: Partial<Record<string, readonly string[]>> = {
    aspect: [...known.aspects, 'other'],
    ...(known.departments && { department: [...known.departments] }),
    polarity: POLARITIES,
    intent: [...INTENTS, 'none'],
    urgency: ['0', '1', '2', '3'],
  };
  const values = closed[label];
  if (values === undefined || values.includes(value)) return undefined;
  const meant = closestWord(value, values);
  return `${label} is never "${value}", ${meant === undefined ? `use one of ${values.join(', ')}` : `did you mean "${meant}"?`}`;
}
