import { createEntityFinder } from '../analysis/entities/find-entities.ts';
import type { FindEntities, NamedEntity } from '../domain/entity.ts';
import type { Clock } from '../lib/clock.ts';
import type { Sql } from '../store/database.ts';

/** An account that was imported is found in what is heard from a minute later on. */
const FRESH_MS = 60_000;

/** The finder of the config's entities and the accounts, made anew once a minute. */
export function createEntityFinders(
  sql: Sql,
  named: readonly NamedEntity[],
  clock: Clock,
): () => Promise<FindEntities> {
  let made: { readonly at: number; readonly finder: Promise<FindEntities> } | null = null;
  const make = async (): Promise<FindEntities> => {
    const accounts = await sql.query<{ name: string }>('SELECT name FROM account ORDER BY account.id');
    return createEntityFinder([
      ...named,
      ...accounts.map(({ name }) => ({ kind: 'account' as const, name, aliases: [] })),
    ]);
  };
  return () => {
    const now = clock().getTime();
    if (made === null || now - made.at > FRESH_MS) {
      const finder = make();
      made = { at: now, finder };
      // Who waits for it is told; the next one asks again.
      finder.catch(() => {
        made = null;
      });
    }
    return made.finder;
  };
}
