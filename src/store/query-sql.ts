import type { CaseFact, Query } from '../domain/query.ts';
import type { Matcher } from '../domain/routing.ts';
import { EFFECTIVE_STATUS } from './case-sql.ts';
import { fixOf, SAID_ASPECT, SAID_POLARITY } from './said-sql.ts';
import { linkedTo } from './shown-mentions.ts';

/** Conditions on case `c` of department `d`, with the values that they read from a JSON array. */
export interface QueryConditions {
  readonly conditions: readonly string[];
  readonly values: readonly (string | number)[];
}

/** What a label is of an opinion `o` in a case, as people corrected it. A missing value is the empty string. */
const LABEL: Readonly<Record<string, string>> = {
  department: 'd.name',
  aspect: SAID_ASPECT,
  // Null where a person said that there is no opinion.
  polarity: `coalesce(${SAID_POLARITY}, '')`,
  intent: `coalesce(o.intent, 'none')`,
  platform: 'm.platform',
  lang: 'a.lang',
  account: `coalesce(acc.name, '')`,
  tier: `coalesce(acc.tier, '')`,
  urgency: 'a.urgency::text',
  // The whole message, of which the opinion is a part.
  text: `CASE WHEN r.erased_at IS NULL THEN r.text ELSE '' END`,
};

/**
 * The conditions of a query whose patterns were made by `parseQuery`: those mean the same to Postgres as to RE2. `values` is the
 * parameter that the values are given as, `caller` the one with the id of who asks.
 */
export function conditionsOf(
  { matchers, facts }: Query,
  { values: parameter, caller }: { readonly values: string; readonly caller: string },
): QueryConditions {
  const values: (string | number)[] = [];
  const read = (value: string | number): string => {
    values.push(value);
    return `(${parameter}::jsonb->>${values.length - 1})`;
  };
  const conditions = facts.map((fact) => factCondition(fact, read, caller));
  const isOfCase = ({ label }: Matcher): boolean => label === 'department';
  conditions.push(...matchers.filter(isOfCase).map((matcher) => matcherCondition(matcher, read)));
  const ofOpinion = matchers
    .filter((matcher) => !isOfCase(matcher))
    .map((matcher) => matcherCondition(matcher, read));
  if (ofOpinion.length > 0)
    conditions.push(`EXISTS (SELECT FROM case_member cm JOIN opinion o ON o.id = cm.opinion_id JOIN mention m ON m.id = o.mention_id JOIN analysis a ON a.id = o.analysis_id
      JOIN revision r ON r.id = a.revision_id ${linkedTo('m.author_id')} ${fixOf('a.revision_id')} WHERE cm.case_id = c.id AND cm.removed_at IS NULL AND ${ofOpinion.join(' AND ')})`);
  return { conditions, values };
}

function matcherCondition({ label, op, value }: Matcher, read: (value: string) => string): string {
  const isPattern = op === '=~' || op === '!~';
  const asked = isPattern ? `~ ${read(anchored(value))}` : `= ${read(value)}`;
  const isSo =
    label === 'source'
      ? `EXISTS (SELECT FROM hearing h JOIN source s ON s.id = h.source_id WHERE h.mention_id = m.id AND s.name ${asked})`
      : `${LABEL[label]} ${asked}`;
  return op.startsWith('!') ? `NOT (${isSo})` : `(${isSo})`;
}

function anchored(pattern: string): string {
  const flags = pattern.startsWith('(?i)') ? '(?i)' : '';
  return `${flags}^(?:${pattern.slice(flags.length)})$`;
}

const COUNTED = {
  messages: 'o.mention_id',
  people: 'm.author_id',
  accounts: 'l.account_id',
} as const;

function factCondition(fact: CaseFact, read: (value: string | number) => string, caller: string): string {
  switch (fact.kind) {
    case 'status':
      return `${fact.isNot ? 'NOT ' : ''}(${EFFECTIVE_STATUS} = ${read(fact.status)})`;
    case 'unread':
      return `${fact.isNot ? 'NOT ' : ''}(c.closed_at IS NULL AND ${caller}::int IS NOT NULL AND coalesce((SELECT max(cm.added_at) FROM case_member cm WHERE cm.case_id = c.id AND cm.removed_at IS NULL)
        > (SELECT seen.seen_at FROM case_seen seen WHERE seen.case_id = c.id AND seen.person_id = ${caller}::int), true))`;
    case 'disputed':
      return `${fact.isNot ? 'NOT ' : ''}(c.bounces >= 2 AND c.closed_at IS NULL)`;
    case 'overdue':
      return `(c.due_at < now() AND c.closed_at IS NULL) IS ${fact.isNot ? 'NOT ' : ''}TRUE`;
    case 'assignee':
      return `${fact.isNot ? 'NOT ' : ''}${assigneeCondition(fact.person, read, caller)}`;
    case 'since':
      return `c.opened_at >= ${read(fact.at)}::timestamptz`;
    case 'before':
      return `c.opened_at < ${read(fact.at)}::timestamptz`;
    case 'count':
      return `(SELECT count(DISTINCT ${COUNTED[fact.of]}) FROM case_member cm JOIN opinion o ON o.id = cm.opinion_id JOIN mention m ON m.id = o.mention_id
        LEFT JOIN account_link l ON l.author_id = m.author_id AND l.unlinked_xid IS NULL WHERE cm.case_id = c.id AND cm.removed_at IS NULL) ${fact.comparison} ${read(fact.number)}::int`;
    default:
      return fact satisfies never;
  }
}

function assigneeCondition(person: string, read: (value: string) => string, caller: string): string {
  if (person === 'nobody') return '(c.assignee_id IS NULL)';
  if (person === 'me') return `coalesce(c.assignee_id = ${caller}::int, false)`;
  const name = read(person.toLowerCase());
  return `EXISTS (SELECT FROM person p WHERE p.id = c.assignee_id AND ${name} IN (p.id::text, lower(p.email), lower(p.name)))`;
}
