import { createHash } from 'node:crypto';
import type { CorrectedText, Learned } from '../domain/learning.ts';
import type { LearnedHead, LearningStore } from '../domain/ports/learning-store.ts';
import { writeAudit } from './audit-log.ts';
import type { Database } from './database.ts';
import { fixOf, SAID_ASPECT, SAID_POLARITY } from './said-sql.ts';

/** More corrected texts than this add little, and take long to learn from. */
const MOST_TEXTS = 5_000;

const CORRECTED_TEXTS = `WITH corrected AS (
    SELECT revision_id, max(id) AS last_id FROM correction GROUP BY revision_id ORDER BY last_id DESC LIMIT $1::int),
  said AS (
    SELECT a.revision_id, ${SAID_ASPECT} AS aspect, ${SAID_POLARITY} AS polarity, fix.id IS NOT NULL AS is_fixed, o.confidence
      FROM corrected c JOIN analysis a USING (revision_id) JOIN mention m ON m.analysis_id = a.id
      JOIN opinion o ON o.analysis_id = a.id ${fixOf('a.revision_id')}
    UNION ALL
    SELECT * FROM (SELECT DISTINCT ON (c.revision_id, c.span_start, c.span_end, c.aspect) c.revision_id, c.aspect, c.polarity, true, 1::float8
      FROM correction c JOIN corrected USING (revision_id)
     ORDER BY c.revision_id, c.span_start, c.span_end, c.aspect, c.id DESC) added),
  labels AS (
    SELECT DISTINCT ON (revision_id, aspect) revision_id, aspect, polarity FROM said WHERE polarity IS NOT NULL
     ORDER BY revision_id, aspect, is_fixed DESC, confidence DESC)
  SELECT r.text, coalesce(nullif(a.lang, 'und'), 'en') AS lang, m.kind,
         coalesce((SELECT json_agg(json_build_object('aspect', l.aspect, 'polarity', l.polarity)) FROM labels l WHERE l.revision_id = r.id), '[]') AS labels
    FROM corrected c JOIN revision r ON r.id = c.revision_id JOIN mention m ON m.id = r.mention_id JOIN analysis a ON a.id = m.analysis_id
   WHERE r.erased_at IS NULL AND a.revision_id = r.id AND NOT a.spam
   ORDER BY r.id`;

export function createLearningStore(database: Database): LearningStore {
  return {
    async newest() {
      const [head] = await database.query<LearnedHead>(
        `SELECT id, base_version AS "baseVersion", last_correction_id::text AS "lastCorrectionId", texts, exact_before AS "exactBefore",
                exact_after AS "exactAfter", weights IS NOT NULL OR words <> '{}' AS "isOn", words, author, created_at AS "createdAt"
           FROM learned_head ORDER BY id DESC LIMIT 1`,
      );
      return head ?? null;
    },
    async addedTo(baseVersion) {
      const [row] = await database.query<{ weights: string | null; words: Learned['words'] }>(
        `SELECT encode(weights, 'base64') AS weights, words FROM (SELECT * FROM learned_head ORDER BY id DESC LIMIT 1) newest
          WHERE base_version = $1 AND (weights IS NOT NULL OR words <> '{}')`,
        baseVersion,
      );
      if (!row) return null;
      // Numbers of four bytes need memory that begins at their own, which a Buffer's need not.
      const bytes = Uint8Array.from(Buffer.from(row.weights ?? '', 'base64'));
      const hash = createHash('sha256').update(bytes);
      if (Object.keys(row.words).length > 0) hash.update(JSON.stringify(row.words));
      const weights = row.weights === null ? null : new Float32Array(bytes.buffer);
      return { name: hash.digest('hex').slice(0, 8), weights, words: row.words };
    },
    async append({ baseVersion, lastCorrectionId, learned, author }) {
      const { texts, exactBefore, exactAfter, weights, words } = learned;
      const bytes = weights && Buffer.from(weights.buffer, weights.byteOffset, weights.byteLength);
      await database.transaction(async (sql) => {
        await sql.execute(
          `INSERT INTO learned_head (base_version, last_correction_id, texts, exact_before, exact_after, weights, author, words)
           VALUES ($1, $2::bigint, $3, $4, $5, decode($6, 'base64'), $7, $8::jsonb)`,
          baseVersion,
          lastCorrectionId,
          texts,
          exactBefore,
          exactAfter,
          bytes?.toString('base64') ?? null,
          author,
          JSON.stringify(words),
        );
        const isOn = weights !== null || Object.keys(words).length > 0;
        const action = isOn ? 'learning.on' : 'learning.off';
        await writeAudit(sql, {
          actor: author,
          action,
          subject: baseVersion,
          detail: { texts, exactBefore, exactAfter },
        });
      });
    },
    async correctionsAfter(lastCorrectionId) {
      const [row] = await database.query<{ fresh: number; lastId: string }>(
        `SELECT count(*) FILTER (WHERE id > $1::bigint)::int AS fresh, coalesce(max(id), 0)::text AS "lastId" FROM correction`,
        lastCorrectionId,
      );
      return row ?? { fresh: 0, lastId: '0' };
    },
    async labelledTexts() {
      const rows = await database.query<{ aspect: string; texts: number }>(
        `SELECT aspect, count(DISTINCT revision_id)::int AS texts
           FROM (SELECT DISTINCT ON (revision_id, span_start, span_end, aspect) * FROM correction ORDER BY revision_id, span_start, span_end, aspect, correction.id DESC) said
          WHERE polarity IS NOT NULL GROUP BY aspect`,
      );
      return Object.fromEntries(rows.map(({ aspect, texts }) => [aspect, texts]));
    },
    correctedTexts: () => database.query<CorrectedText>(CORRECTED_TEXTS, MOST_TEXTS),
  };
}
