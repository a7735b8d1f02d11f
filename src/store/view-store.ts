import type { ViewRow, ViewStore } from '../domain/ports/view-store.ts';
import { AppError } from '../lib/app-error.ts';
import type { Sql } from './database.ts';

/** Enough for anybody, and a bound for who scripts. */
const MOST = 100;

export function createViewStore(sql: Sql): ViewStore {
  return {
    list: ({ id }) =>
      sql.query<ViewRow>(
        `SELECT id::text, name, query AS q, is_shared AS "isShared", person_id = $1::int AS "isMine" FROM saved_view WHERE person_id = $1::int OR is_shared ORDER BY lower(name), saved_view.id`,
        Number(id),
      ),
    async add({ name, q, isShared }, person) {
      const [added] = await sql.query<ViewRow>(
        `INSERT INTO saved_view (person_id, name, query, is_shared) SELECT $1::int, $2, $3, $4::bool WHERE (SELECT count(*) FROM saved_view WHERE person_id = $1::int) < ${MOST}
         RETURNING id::text, name, query AS q, is_shared AS "isShared", true AS "isMine"`,
        Number(person.id),
        name,
        q,
        isShared,
      );
      if (!added) throw new AppError('conflict', `You keep ${MOST} views already; remove one first`);
      return added;
    },
    async remove(id, { id: personId, role }) {
      const removed = await sql.execute(
        'DELETE FROM saved_view WHERE id = $1::bigint AND (person_id = $2::int OR (is_shared AND $3::bool))',
        id,
        Number(personId),
        role === 'admin',
      );
      if (removed === 0) throw new AppError('not-found', `There is no view ${id} of yours`);
    },
  };
}
