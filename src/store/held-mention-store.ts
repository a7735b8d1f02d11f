import type { HeldDecision, HeldMentionStore, HeldState } from '../domain/ports/held-mention-store.ts';
import type { Outcome, Polarity } from '../domain/words.ts';
import { AppError } from '../lib/app-error.ts';
import { writeAudit } from './audit-log.ts';
import { correct } from './correction-store.ts';
import type { Database, Sql } from './database.ts';
import { fixOf, SAID_ASPECT, SAID_POLARITY } from './said-sql.ts';

export function createHeldMentionStore(database: Database): HeldMentionStore {
  return { decide: (asked, decide) => database.transaction((sql) => settle(sql, asked, decide)) };
}

interface Head {
  readonly outcome: Outcome | null;
  readonly analysisId: string | null;
  readonly failure: string | null;
}

async function settle(
  sql: Sql,
  { id, kind, person }: Parameters<HeldMentionStore['decide']>[0],
  decide: (state: HeldState) => HeldDecision,
): ReturnType<HeldMentionStore['decide']> {
  const [head] = await sql.query<Head>(
    `SELECT m.outcome, m.analysis_id::text AS "analysisId", coalesce(m.unreadable, (SELECT failure FROM analysis a WHERE a.id = m.analysis_id)) AS failure
       FROM mention m WHERE m.id = $1::bigint FOR UPDATE`,
    id,
  );
  if (!head) throw new AppError('not-found', `There is no mention ${id}`);
  const { outcome, failure, analysisId } = head;
  const opinions = analysisId === null ? null : await readOpinions(sql, analysisId);
  const decision = decide({ outcome, failure, opinions });
  if ('refusal' in decision) throw new AppError('conflict', decision.refusal);
  const { next, labels, isReleased } = decision;
  for (const { opinionId, label } of labels) await correct(sql, { opinionId, label, author: person.name });
  const settled = typeof next === 'string' ? null : next;
  await sql.execute(
    `UPDATE mention SET outcome = $2, outcome_reason = $3, released_at = CASE WHEN $4::bool THEN now() ELSE released_at END WHERE id = $1::bigint`,
    id,
    settled?.outcome ?? null,
    settled?.reason ?? null,
    isReleased,
  );
  if (!settled)
    await sql.execute('INSERT INTO waiting_mention (stage, mention_id) VALUES ($1, $2::bigint)', next, id);
  await writeAudit(sql, {
    actor: person.email,
    action: `mention ${kind}`,
    subject: `mention ${id}`,
    detail: { labels },
  });
  return next;
}

async function readOpinions(sql: Sql, analysisId: string): Promise<NonNullable<HeldState['opinions']>> {
  const rows = await sql.query<{
    opinionId: string;
    aspect: string;
    polarity: Polarity | null;
    confidence: number;
  }>(
    `SELECT o.id::text AS "opinionId", ${SAID_ASPECT} AS aspect, ${SAID_POLARITY} AS polarity, o.confidence
       FROM opinion o JOIN analysis a ON a.id = o.analysis_id ${fixOf('a.revision_id')} WHERE o.analysis_id = $1::bigint ORDER BY o.number`,
    analysisId,
  );
  return rows.map(({ opinionId, confidence, ...label }) => ({ opinionId, confidence, label }));
}
