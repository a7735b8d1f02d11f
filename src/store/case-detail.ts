import { type Caller, isOverseer, visibleDepartments } from '../domain/access.ts';
import type { CaseDetail, CaseEventRow } from '../domain/ports/case-read-model.ts';
import { readCaseRows } from './case-rows.ts';
import { isVisible, UNDO_WITHIN } from './case-sql.ts';
import type { Sql } from './database.ts';
import { fixOf, SAID_ASPECT, SAID_POLARITY } from './said-sql.ts';
import { readShown, readThread } from './shown-mentions.ts';

const MOST_MENTIONS = 50;

const READ_MEMBERS = `SELECT o.mention_id::text AS "mentionId", min(cm.reason) AS reason, array_agg(o.id::text ORDER BY o.id) AS "memberOpinionIds"
    FROM case_member cm JOIN opinion o ON o.id = cm.opinion_id JOIN mention m ON m.id = o.mention_id
   WHERE cm.case_id = $1::bigint AND cm.removed_at IS NULL GROUP BY o.mention_id, m.occurred_at ORDER BY m.occurred_at DESC, o.mention_id DESC LIMIT ${MOST_MENTIONS}`;

const READ_LATELY = `SELECT o.mention_id::text AS "mentionId", ${SAID_ASPECT} AS aspect, ${SAID_POLARITY} AS polarity, m.occurred_at AS "occurredAt",
         CASE WHEN r.erased_at IS NULL THEN left(r.text, o.span_end) END AS text, o.span_start AS "spanStart", o.span_end AS "spanEnd"
    FROM account_link l JOIN mention m ON m.author_id = l.author_id AND m.outcome = 'routed' JOIN analysis a ON a.id = m.analysis_id JOIN opinion o ON o.analysis_id = a.id
    JOIN revision r ON r.id = a.revision_id ${fixOf('a.revision_id')}
   WHERE l.account_id = $1::int AND l.unlinked_xid IS NULL AND ${SAID_POLARITY} IS NOT NULL
     AND ($2::bool OR EXISTS (SELECT FROM route_match rm JOIN department d ON d.id = rm.department_id WHERE rm.opinion_id = o.id AND ${isVisible('$3')}))
   ORDER BY m.occurred_at DESC, o.id DESC LIMIT 5`;

// An assignment names a person by id; the page wants the name as well.
const READ_HISTORY = `SELECT e.id::text, e.at, jsonb_build_object('id', p.id::text, 'name', coalesce(p.name, e.actor)) AS by, e.action, e.undoes::text AS undoes,
         CASE WHEN who.id IS NOT NULL THEN jsonb_build_object('id', who.id::text, 'name', who.name) END AS assignee, u.id IS NOT NULL AS "isUndone",
         u.id IS NULL AND e.action IS NOT NULL AND coalesce(e.person_id = $2::int, false) AND e.version = c.version AND e.at > now() - ${UNDO_WITHIN} AS "canUndo"
    FROM case_event e JOIN cases c ON c.id = e.case_id LEFT JOIN person p ON p.id = e.person_id LEFT JOIN person who ON who.id::text = e.action->>'assignee'
    LEFT JOIN case_event u ON u.undoes = e.id WHERE e.case_id = $1::bigint ORDER BY e.id`;

type LatelyRow = NonNullable<CaseDetail['account']>['lately'][number] & {
  readonly spanStart: number;
  readonly spanEnd: number;
};

/** Everything that one case's page shows; null when there is none that the caller may see. */
export async function readCase(sql: Sql, id: string, caller: Caller): Promise<CaseDetail | null> {
  const [row] = await readCaseRows(sql, [id], caller);
  if (!row) return null;
  const members = await sql.query<{
    mentionId: string;
    reason: string;
    memberOpinionIds: string[];
  }>(READ_MEMBERS, id);
  const shown = await readShown(
    sql,
    members.map(({ mentionId }) => mentionId),
  );
  const memberOf = new Map(members.map((member) => [member.mentionId, member]));
  return {
    case: row,
    mentions: shown.flatMap((mention) => {
      const member = memberOf.get(mention.mentionId);
      return member ? [{ ...mention, ...member }] : [];
    }),
    thread: await readThread(
      sql,
      members.map(({ mentionId }) => mentionId),
    ),
    account: row.topAccount && {
      ...row.topAccount,
      lately: await readLately(sql, row.topAccount.id, caller),
    },
    history: await sql.query<CaseEventRow>(READ_HISTORY, id, caller === 'key' ? null : Number(caller.id)),
  };
}

async function readLately(
  sql: Sql,
  accountId: string,
  caller: Caller,
): Promise<NonNullable<CaseDetail['account']>['lately']> {
  const rows = await sql.query<LatelyRow>(
    READ_LATELY,
    Number(accountId),
    isOverseer(caller),
    JSON.stringify(visibleDepartments(caller)),
  );
  return rows.map(({ spanStart, spanEnd, text, ...said }) => ({
    ...said,
    text: text?.slice(spanStart, spanEnd) ?? null,
  }));
}
