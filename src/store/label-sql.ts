import type { Matcher, PlacedLabels } from '../domain/routing.ts';
import { fixOf, SAID_ASPECT, SAID_POLARITY } from './said-sql.ts';
import { linkedTo } from './shown-mentions.ts';

/** What an opinion's labels are read from, besides `opinion o` and `analysis a` itself. */
export const LABEL_JOINS = `JOIN revision r ON r.id = a.revision_id JOIN mention m ON m.id = o.mention_id JOIN ingest_batch b ON b.id = m.batch_id
    JOIN source s ON s.id = b.source_id ${linkedTo('m.author_id')} ${fixOf('a.revision_id')}`;

/** The labels of opinion `o` in department `d`, as people corrected them; `text` is cut from the revision where it is needed. */
const COLUMNS: Readonly<Record<Exclude<keyof PlacedLabels, 'text'>, string>> = {
  aspect: SAID_ASPECT,
  polarity: SAID_POLARITY,
  intent: 'o.intent',
  source: 's.name',
  platform: 'm.platform',
  lang: 'a.lang',
  account: `coalesce(acc.name, '')`,
  tier: `coalesce(acc.tier, '')`,
  urgency: 'a.urgency::text',
  department: 'd.name',
};

/** The same as one JSON object. */
export const LABELS = `jsonb_build_object(${Object.entries(COLUMNS)
  .map(([label, column]) => `'${label}', ${column}`)
  .join(', ')})`;

export function labelColumn(label: string): string | undefined {
  return label in COLUMNS ? COLUMNS[label as keyof typeof COLUMNS] : undefined;
}

/**
 * What SQL can tell of the matchers: `=` and `!=`. Whoever uses it as the whole answer has to look at the others as well. `parameter`
 * is bound to {@link exactValues} of the same matchers.
 */
export function exactConditions(matchers: readonly Matcher[], parameter: string): string[] {
  return matchers.flatMap(({ label, op }, index) => {
    const column = labelColumn(label);
    if (column === undefined || (op !== '=' && op !== '!=')) return [];
    return [`${column} ${op === '=' ? '=' : '<>'} ${parameter}::jsonb->>${index}`];
  });
}

export function exactValues(matchers: readonly Matcher[]): string {
  return JSON.stringify(matchers.map(({ value }) => value));
}
