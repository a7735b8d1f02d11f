import type { Caller } from '../../domain/access.ts';
import type { CaseReadModel, CaseRow } from '../../domain/ports/case-read-model.ts';
import type { CaseStore } from '../../domain/ports/case-store.ts';
import { AppError, toAppError } from '../../lib/app-error.ts';
import type { Clock } from '../../lib/clock.ts';
import { type Arbitration, actOnCase } from '../../pipeline/act-on-case.ts';
import { parseQuery, type QueryWorld } from '../../routing/parse-query.ts';
import type { Handlers } from '../api-router.ts';
import { ID_PART, INSTANT_PART, pageOf, readCursor } from '../cursor.ts';

export interface CaseDeps {
  readonly cases: CaseStore;
  readonly arbitration: Arbitration;
  readonly caseReadModel: CaseReadModel;
  /** What query words mean just now. */
  readonly queryWorld: () => QueryWorld;
  readonly clock: Clock;
}

type Names =
  | 'listCases'
  | 'countCases'
  | 'getCase'
  | 'markCaseSeen'
  | 'actOnCase'
  | 'actOnCases'
  | 'undoCaseEvents';

export function caseHandlers({
  cases,
  arbitration,
  caseReadModel,
  queryWorld,
  clock,
}: CaseDeps): Handlers<Names> {
  const rowOf = async (id: string, caller: Caller): Promise<CaseRow> => {
    const [row] = await caseReadModel.readRows([id], caller);
    if (!row) throw new AppError('not-found', `There is no case ${id}`);
    return row;
  };
  return {
    async listCases({ query: { cursor, limit, department, tab, q = '' }, caller }) {
      const after = cursor === undefined ? null : placeOf(cursor);
      const query = parseQuery(q, queryWorld());
      const matchers =
        department === undefined
          ? query.matchers
          : [{ label: 'department', op: '=', value: department } as const, ...query.matchers];
      const filter = { tab, query: { ...query, matchers } };
      const rows = await caseReadModel.list(filter, { caller, after, limit: limit + 1 });
      const { page, nextCursor } = pageOf(rows, limit, ({ openedAt, id }) => [openedAt.toISOString(), id]);
      return { cases: page, nextCursor };
    },
    countCases: ({ query, caller }) => caseReadModel.count(query.department, caller),
    async getCase({ params: { id }, caller }) {
      const detail = await caseReadModel.read(id, caller);
      if (!detail) throw new AppError('not-found', `There is no case ${id}`);
      return detail;
    },
    async markCaseSeen({ params: { id }, caller }) {
      await cases.markSeen(id, caller);
      return { case: await rowOf(id, caller) };
    },
    async actOnCase({ params: { id }, body, caller }) {
      const eventId = await actOnCase({ cases, arbitration }, { id, person: caller, ...body }, clock());
      return { case: await rowOf(id, caller), eventId };
    },
    async actOnCases({ body: { cases: chosen, action }, caller }) {
      const results = await eachInTurn(chosen, async (asked) => {
        const eventId = await actOnCase(
          { cases, arbitration },
          { ...asked, action, person: caller },
          clock(),
        );
        return { caseId: asked.id, eventId };
      });
      return { results: await withRows(caseReadModel, results, caller) };
    },
    async undoCaseEvents({ body: { eventIds }, caller }) {
      const results = await eachInTurn(
        eventIds.map((id) => ({ id })),
        ({ id }) => cases.undo(id, caller),
      );
      return { results: await withRows(caseReadModel, results, caller) };
    },
  };
}

function placeOf(cursor: string): { openedAt: Date; id: string } {
  const [openedAt = '', id = ''] = readCursor(cursor, INSTANT_PART, ID_PART);
  return { openedAt: new Date(openedAt), id };
}

interface Outcome {
  readonly id: string;
  readonly result: 'done' | 'not-found' | 'conflict' | 'refused';
  readonly message: string | null;
  readonly caseId: string | null;
  readonly eventId: string | null;
}

/** One after the other, so that one that fails stops none of the rest. Throws what is not about one of them alone. */
async function eachInTurn<Asked extends { readonly id: string }>(
  all: readonly Asked[],
  act: (asked: Asked) => Promise<{ caseId: string; eventId: string }>,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const asked of all) {
    const { id } = asked;
    try {
      outcomes.push({ id, result: 'done', message: null, ...(await act(asked)) });
    } catch (thrown) {
      const { kind, message } = toAppError(thrown);
      if (kind === 'bug' || kind === 'unavailable') throw thrown;
      const result = kind === 'not-found' || kind === 'conflict' ? kind : 'refused';
      outcomes.push({ id, result, message, caseId: null, eventId: null });
    }
  }
  return outcomes;
}

async function withRows(readModel: CaseReadModel, outcomes: readonly Outcome[], caller: Caller) {
  const ids = new Set(outcomes.flatMap(({ caseId }) => (caseId === null ? [] : [caseId])));
  const rows = new Map((await readModel.readRows([...ids], caller)).map((row) => [row.id, row]));
  return outcomes.map(({ caseId, ...outcome }) => ({
    ...outcome,
    case: caseId === null ? null : (rows.get(caseId) ?? null),
  }));
}
