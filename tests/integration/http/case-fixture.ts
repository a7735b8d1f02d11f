import type { Answer, Body, EndpointName } from '../../../src/contract/api.ts';
import type { CaseDetail, CaseRow } from '../../../src/contract/cases.ts';
import { type SeedAccount, type SeedMention, seedWorkspace } from '../../support/seed-workspace.ts';
import { type Http, readAnswer, type Visitor } from './http-fixture.ts';

/** A moment within this hour, so many minutes ago. */
export const ago = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

/** Mentions as if just analysed, routed into cases by the application's own route step. */
export async function seedCases(
  http: Http,
  given: { readonly accounts?: readonly SeedAccount[]; readonly mentions: readonly SeedMention[] },
): Promise<void> {
  const seeded = await seedWorkspace(http.fresh.database, given);
  const ids = seeded.map(({ mentionId }) => mentionId);
  await http.fresh.database.execute(
    `WITH again AS (UPDATE mention SET outcome = NULL WHERE outcome = 'routed' AND id IN (SELECT value::bigint FROM jsonb_array_elements_text($1::jsonb)) RETURNING id)
     INSERT INTO waiting_mention (stage, mention_id) SELECT 'route', id FROM again`,
    JSON.stringify(ids),
  );
  await http.settle();
}

/** The cases that a visitor sees, by the query. */
export async function list(visitor: Visitor, query = ''): Promise<readonly CaseRow[]> {
  return readAnswer('listCases', await visitor.ask(`/api/v1/cases${query && `?${query}`}`)).cases;
}

export async function read(visitor: Visitor, id: string): Promise<CaseDetail> {
  return readAnswer('getCase', await visitor.ask(`/api/v1/cases/${id}`));
}

type Action = Body<'actOnCase'>['action'];

/** Does something with a case as the visitor sees it now; the status when it is refused. */
export async function act(
  visitor: Visitor,
  { id, version }: Pick<CaseRow, 'id' | 'version'>,
  action: Action,
): Promise<Answer<'actOnCase'> | number> {
  const answer = await visitor.ask(`/api/v1/cases/${id}/actions`, {
    method: 'POST',
    json: { version, action },
  });
  return answer.status === 200 ? readAnswer('actOnCase', answer) : answer.status;
}

/** The same, which has to be done. */
export async function done(
  visitor: Visitor,
  row: Pick<CaseRow, 'id' | 'version'>,
  action: Action,
): Promise<Answer<'actOnCase'>> {
  const acted = await act(visitor, row, action);
  if (typeof acted === 'number') throw new Error(`${action.kind} was answered ${acted}`);
  return acted;
}

export async function undo(
  visitor: Visitor,
  ...eventIds: string[]
): Promise<Answer<'undoCaseEvents'>['results']> {
  const answer = await visitor.ask('/api/v1/cases/undo', { method: 'POST', json: { eventIds } });
  return readAnswer('undoCaseEvents' satisfies EndpointName, answer).results;
}

/** A word that tells one matter from another; digits do not. */
export function matterWord(number: number): string {
  return `x${number.toString(2).replaceAll('0', 'o').replaceAll('1', 'i')}x`;
}

/** A case of sales about one message with this text. */
export async function openCase(http: Http, visitor: Visitor, text: string): Promise<CaseRow> {
  await seedCases(http, {
    mentions: [{ text, at: ago(1), author: text, opinions: [{ aspect: 'sales', polarity: 'negative' }] }],
  });
  const [row] = await list(visitor, `q=${encodeURIComponent(text)}`);
  if (!row) throw new Error('The mention made no case');
  return row;
}
