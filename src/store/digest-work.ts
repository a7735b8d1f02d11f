import type { QuoteItem, ToldDay } from '../domain/digest.ts';
import type { ClosedCase, OpenCase, WorkFacts } from '../domain/digest-work.ts';
import type { DigestQuestion } from '../domain/ports/digest-read-model.ts';
import type { Sql } from './database.ts';
import { COUNT_OPEN, READ_CLOSED, READ_MISROUTES, READ_OPEN, READ_TOLD } from './digest-work-sql.ts';

/** Who has not heard what became of something within this many days will not find it in today's news. */
const CLOSED_WITHIN_DAYS = 7;
const DAY_MS = 86_400_000;

export interface QuoteRow extends Omit<QuoteItem, 'ref'> {
  readonly mentionId: string;
  readonly revisionId: string;
  readonly spanStart: number;
  readonly spanEnd: number;
}

export function itemOf({ mentionId, revisionId, spanStart, spanEnd, ...row }: QuoteRow): QuoteItem {
  const { aspect, polarity, intent, urgency, platform, accountId } = row;
  const ref = { mentionId, revisionId, spanStart, spanEnd };
  return { ref, aspect, polarity, intent, urgency, platform, accountId };
}

type Best = (QuoteRow & { readonly accountName: string | null }) | null;
type ClosedRow = Omit<ClosedCase, 'closedAt' | 'aspect' | 'quote'> & {
  readonly closedAt: Date;
  readonly best: Best;
};
type OpenRow = Omit<OpenCase, 'openedAt' | 'dueAt' | 'aspect' | 'quote' | 'tally'> &
  OpenCase['tally'] & {
    readonly openedAt: Date;
    readonly dueAt: Date | null;
    readonly best: Best;
  };

/** What was done and what waits, as of now, with the names of the accounts that are quoted. */
export async function readWork(
  sql: Sql,
  { today, now, department }: Pick<DigestQuestion, 'today' | 'now' | 'department'>,
): Promise<{ readonly work: WorkFacts; readonly names: Readonly<Record<string, string>> }> {
  const until = now.toISOString();
  const span = Date.parse(today.to) - Date.parse(today.from);
  const since = new Date(Date.parse(today.to) - Math.max(span, CLOSED_WITHIN_DAYS * DAY_MS)).toISOString();
  const closed = await sql.query<ClosedRow>(READ_CLOSED, since, until, department ?? null);
  const open = await sql.query<OpenRow>(READ_OPEN, department ?? null, until);
  const [counts] = await sql.query<Pick<WorkFacts, 'openCases' | 'overdue' | 'dueSoon'>>(
    COUNT_OPEN,
    department ?? null,
    until,
  );
  const misroutes = await sql.query<WorkFacts['misroutes'][number]>(
    READ_MISROUTES,
    since,
    until,
    department ?? null,
  );
  const work = {
    closed: closed.map(({ best, closedAt, ...row }) => ({
      ...row,
      closedAt: closedAt.toISOString(),
      ...aboutOf(best),
    })),
    open: open.map(({ best, openedAt, dueAt, messages, people, accounts, ...row }) => ({
      ...row,
      openedAt: openedAt.toISOString(),
      dueAt: dueAt?.toISOString() ?? null,
      tally: { messages, people, accounts },
      ...aboutOf(best),
    })),
    openCases: counts?.openCases ?? 0,
    overdue: counts?.overdue ?? 0,
    dueSoon: counts?.dueSoon ?? 0,
    misroutes,
  };
  const names = Object.fromEntries(
    [...closed, ...open].flatMap(({ best }) =>
      best === null || best.accountId === null || best.accountName === null
        ? []
        : [[best.accountId, best.accountName]],
    ),
  );
  return { work, names };
}

function aboutOf(best: Best): Pick<OpenCase, 'aspect' | 'quote'> {
  return best === null ? { aspect: null, quote: null } : { aspect: best.aspect, quote: itemOf(best) };
}

/** What the digest told of a day before; null when it had no run, or told nothing by aspect. */
export async function readTold(sql: Sql, digest: string, date: string): Promise<ToldDay | null> {
  const [row] = await sql.query<{
    date: string;
    tiles: readonly { aspect: string; today: { all: { people: number } } }[];
  }>(READ_TOLD, digest, date);
  if (row === undefined) return null;
  return {
    date: row.date,
    people: row.tiles.map(({ aspect, today }) => ({ aspect, people: today.all.people })),
  };
}
