-- How urgent a case is, and of how many opinions, so that what waits is told without looking at the opinions of every open case.
ALTER TABLE "cases" ADD COLUMN "urgency" INTEGER NOT NULL DEFAULT 0, ADD COLUMN "opinions" INTEGER NOT NULL DEFAULT 0;

UPDATE cases c SET urgency = s.urgency, opinions = s.opinions
  FROM (SELECT cm.case_id, max(a.urgency) AS urgency, count(*) AS opinions
          FROM case_member cm JOIN opinion o ON o.id = cm.opinion_id JOIN analysis a ON a.id = o.analysis_id WHERE cm.removed_at IS NULL GROUP BY cm.case_id) s
 WHERE s.case_id = c.id;

-- The first opinions of a theme are read without its others.
CREATE INDEX "opinion_theme_id_id_idx" ON "opinion"("theme_id", "id");
DROP INDEX "opinion_theme_id_idx";
