import type { InhibitRule, PlacedLabels, PlacedOpinionLabels } from '../domain/routing.ts';
import type { Sql } from './database.ts';
import { exactConditions, exactValues, LABEL_JOINS, LABELS, labelColumn } from './label-sql.ts';

/** What fires: opinions of open cases, unless they came in as history, of which nobody is alerted. */
const FIRING = `SELECT c.id::text AS "caseId", ${LABELS} AS labels, CASE WHEN r.erased_at IS NULL THEN left(r.text, o.span_end) END AS text, o.span_start AS "spanStart", o.span_end AS "spanEnd"
    FROM cases c JOIN department d ON d.id = c.department_id JOIN case_member cm ON cm.case_id = c.id AND cm.removed_at IS NULL JOIN opinion o ON o.id = cm.opinion_id
    JOIN analysis a ON a.id = o.analysis_id ${LABEL_JOINS} WHERE c.closed_at IS NULL AND NOT m.is_history`;

/** Postgres narrows down by what it can compare; whether the rule is fulfilled is for {@link inhibitedBy} to say. */
export async function readFiring(
  sql: Sql,
  { source, equal }: InhibitRule,
  shared: readonly (readonly string[])[],
): Promise<readonly PlacedOpinionLabels[]> {
  const columns = equal.map((label) => labelColumn(label) ?? `''`);
  const wanted = shared.map((values) => values.map((value, index) => (equal[index] === 'text' ? '' : value)));
  const conditions = [
    ...exactConditions(source, '$1'),
    ...(columns.length === 0
      ? []
      : [`jsonb_build_array(${columns.join(', ')}) IN (SELECT jsonb_array_elements($2::jsonb))`]),
    // Postgres wants to know the types of parameters that only some conditions use.
    '$1::jsonb IS NOT NULL AND $2::jsonb IS NOT NULL',
  ];
  const rows = await sql.query<FiringRow>(
    `${FIRING} AND ${conditions.join(' AND ')} ORDER BY c.id, o.id`,
    exactValues(source),
    JSON.stringify(wanted),
  );
  return rows.map(({ caseId, labels, text, spanStart, spanEnd }) => ({
    caseId,
    labels: { ...labels, text: text?.slice(spanStart, spanEnd) ?? '' },
  }));
}

interface FiringRow {
  readonly caseId: string;
  readonly labels: PlacedLabels;
  readonly text: string | null;
  readonly spanStart: number;
  readonly spanEnd: number;
}
