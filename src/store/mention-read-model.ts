import { isOverseer, visibleDepartments } from '../domain/access.ts';
import type { HeldMention, MentionPage, MentionReadModel } from '../domain/ports/mention-read-model.ts';
import { EFFECTIVE_STATUS, isVisible } from './case-sql.ts';
import type { Sql } from './database.ts';
import { readShown, readThread } from './shown-mentions.ts';

type Head = Pick<MentionPage, 'outcome' | 'outcomeReason' | 'lang' | 'urgency' | 'linkRule'>;

// Whoever is no overseer sees what went to a department of theirs, by a route or by a colleague who passed it on.
const READ_HEAD = `SELECT m.outcome, m.outcome_reason AS "outcomeReason", a.lang, a.urgency, l.rule AS "linkRule"
    FROM mention m LEFT JOIN analysis a ON a.id = m.analysis_id LEFT JOIN account_link l ON l.author_id = m.author_id AND l.unlinked_xid IS NULL
   WHERE m.id = $1::bigint AND ($3::bool
      OR EXISTS (SELECT FROM opinion o JOIN route_match rm ON rm.opinion_id = o.id JOIN department d ON d.id = rm.department_id WHERE o.mention_id = m.id AND ${isVisible('$2')})
      OR EXISTS (SELECT FROM opinion o JOIN case_member cm ON cm.opinion_id = o.id JOIN cases c ON c.id = cm.case_id JOIN department d ON d.id = c.department_id
                  WHERE o.mention_id = m.id AND cm.removed_at IS NULL AND ${isVisible('$2')}))`;

const READ_CASES = `SELECT DISTINCT c.id::text, d.name AS department, ${EFFECTIVE_STATUS} AS status
    FROM opinion o JOIN case_member cm ON cm.opinion_id = o.id AND cm.removed_at IS NULL JOIN cases c ON c.id = cm.case_id JOIN department d ON d.id = c.department_id
   WHERE o.mention_id = $1::bigint AND ${isVisible('$2')} ORDER BY 2, 1`;

const LIST_HELD = `SELECT id::text, heard_at AS "heardAt", outcome, outcome_reason AS "outcomeReason" FROM mention
   WHERE held = $1 AND mention.id < coalesce($2::bigint, 9223372036854775807) ORDER BY mention.id DESC LIMIT $3::int`;

/** The most of a held message's text that a list shows. */
const MOST_TEXT = 2_000;

export function createMentionReadModel(sql: Sql): MentionReadModel {
  return {
    async read(id, caller) {
      const visible = JSON.stringify(visibleDepartments(caller));
      const [head] = await sql.query<Head>(READ_HEAD, id, visible, isOverseer(caller));
      const [shown] = head ? await readShown(sql, [id]) : [];
      if (!head || !shown) return null;
      const thread = await readThread(sql, [id]);
      const cases = await sql.query<MentionPage['cases'][number]>(READ_CASES, id, visible);
      return { ...shown, ...head, thread, cases };
    },
    async listHeld({ outcome, before, limit }) {
      const heads = await sql.query<
        Pick<HeldMention, 'heardAt' | 'outcome' | 'outcomeReason'> & { id: string }
      >(LIST_HELD, outcome, before, limit);
      const shown = await readShown(
        sql,
        heads.map(({ id }) => id),
      );
      const byId = new Map(heads.map(({ id, ...head }) => [id, head]));
      return shown.flatMap((mention) => {
        const head = byId.get(mention.mentionId);
        const text = mention.text?.slice(0, MOST_TEXT).toWellFormed() ?? null;
        return head ? [{ ...mention, ...head, text }] : [];
      });
    },
  };
}
