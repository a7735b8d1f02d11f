import type { Account, LinkCounts, StoredAccount } from '../domain/account.ts';
import { FREE_MAIL_DOMAINS } from '../domain/free-mail.ts';
import type { AccountStore } from '../domain/ports/account-store.ts';
import type { Database, Sql } from './database.ts';

const READ_ACCOUNTS = `SELECT id, name, name_key AS "nameKey", domains, handles, tier, revenue::float8 AS revenue, owner FROM account ORDER BY id`;

const WRITE_ACCOUNTS = `INSERT INTO account (name, name_key, domains, handles, tier, revenue, owner)
  SELECT name, "nameKey", ARRAY(SELECT jsonb_array_elements_text(domains)), ARRAY(SELECT jsonb_array_elements_text(handles)), tier, revenue, owner
    FROM jsonb_to_recordset($1::jsonb) AS a(name text, "nameKey" text, domains jsonb, handles jsonb, tier text, revenue numeric, owner text)
  ON CONFLICT (name_key) DO UPDATE SET name = excluded.name, domains = excluded.domains, handles = excluded.handles,
    tier = excluded.tier, revenue = excluded.revenue, owner = excluded.owner, updated_at = now()`;

export function createAccountStore(database: Database): AccountStore {
  return {
    change: (decide, { dryRun }) =>
      database.transaction(async (sql) => {
        // Two imports that decided on the same rows could let two accounts claim one domain.
        await sql.execute('LOCK TABLE account IN SHARE ROW EXCLUSIVE MODE');
        const accounts: readonly Account[] = decide(await sql.query<StoredAccount>(READ_ACCOUNTS));
        await sql.execute('SAVEPOINT before_change');
        if (accounts.length > 0) await sql.execute(WRITE_ACCOUNTS, JSON.stringify(accounts));
        const links = await linkAuthors(sql, 'all');
        if (dryRun) await sql.execute('ROLLBACK TO SAVEPOINT before_change');
        return links;
      }),
  };
}

/** Any number that nothing else in the database locks. */
const LINK_LOCK = 7_015_283;

/**
 * Who should be linked to what: the account with the longest suffix of the author's mail domain, else the one with the
 * author's handle on whatever platform. `ended` is read by the insert, so that a link has ended before its successor is made.
 * A link made by hand is left alone.
 */
const linkStatement = (chosen: { author: string; link: string }): string => `WITH
  chosen AS MATERIALIZED (SELECT id, lower(email) AS email, lower(ltrim(handle, '@')) AS handle FROM author WHERE ${chosen.author}),
  suffix AS (
    SELECT c.id, array_to_string(labels[first:], '.') AS domain
      FROM chosen c, string_to_array(split_part(c.email, '@', -1), '.') labels, generate_series(1, cardinality(labels)) first
     WHERE c.email LIKE '%_@_%'),
  claim AS (
    SELECT s.id AS author_id, a.id AS account_id, 'domain' AS rule, a.domain AS detail
      FROM (SELECT id, unnest(domains) AS domain FROM account) a JOIN suffix s ON s.domain = a.domain
     WHERE a.domain NOT IN (SELECT unnest($1::text[]))
    UNION ALL
    SELECT c.id, a.id, 'handle', a.handle
      FROM (SELECT id, unnest(handles) AS handle FROM account) a JOIN chosen c ON c.handle = a.handle),
  wanted AS (
    SELECT DISTINCT ON (author_id) author_id, account_id, rule, detail FROM claim
     ORDER BY author_id, rule, length(detail) DESC, account_id),
  present AS (
    SELECT id, author_id, account_id, rule, detail FROM account_link WHERE unlinked_xid IS NULL AND ${chosen.link}),
  stale AS (
    SELECT p.id, p.author_id FROM present p LEFT JOIN wanted w USING (author_id)
     WHERE p.rule <> 'hand' AND (w.account_id, w.rule, w.detail) IS DISTINCT FROM (p.account_id, p.rule, p.detail)),
  ended AS (
    UPDATE account_link l SET unlinked_xid = earshot_xid() FROM stale WHERE l.id = stale.id AND l.unlinked_xid IS NULL RETURNING l.id),
  made AS (
    INSERT INTO account_link (author_id, account_id, rule, detail)
    SELECT w.author_id, w.account_id, w.rule, w.detail FROM wanted w, (SELECT count(*) FROM ended) all_ended
     WHERE NOT EXISTS (SELECT FROM present p WHERE p.author_id = w.author_id AND p.id NOT IN (SELECT id FROM stale))
     ORDER BY w.author_id
    ON CONFLICT (author_id) WHERE unlinked_xid IS NULL DO NOTHING RETURNING 1)
  SELECT (SELECT count(*)::int FROM made) AS made, (SELECT count(*)::int FROM ended) AS ended`;

const LINK_ALL = linkStatement({ author: 'true', link: 'true' });
// Both tables are told the ids: a join would read every link there is while the planner knows little of the tables.
const LINK_SOME = linkStatement({
  author: 'id = ANY($2::text[]::bigint[])',
  link: 'author_id = ANY($2::text[]::bigint[])',
});

/**
 * Links authors to accounts by the rules; call it inside the transaction that wrote the authors or the accounts. A link that no
 * rule holds up is ended, never rewritten. Linking some waits for linking all, and the other way round: else an
 * author who is taken in while accounts change could fall between both.
 */
export async function linkAuthors(sql: Sql, authorIds: readonly string[] | 'all'): Promise<LinkCounts> {
  const isAll = authorIds === 'all';
  await sql.query(
    `SELECT 1 AS held FROM pg_advisory_xact_lock${isAll ? '' : '_shared'}($1::bigint)`,
    LINK_LOCK,
  );
  const freeMail = [...FREE_MAIL_DOMAINS];
  const [counts] = isAll
    ? await sql.query<LinkCounts>(LINK_ALL, freeMail)
    : await sql.query<LinkCounts>(LINK_SOME, freeMail, authorIds);
  return counts ?? { made: 0, ended: 0 };
}
