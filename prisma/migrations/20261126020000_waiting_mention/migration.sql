-- What waits for a stage stands in a narrow table of its own, so that moving on changes no index of the wide one.
CREATE TABLE "waiting_mention" (
    "stage" TEXT NOT NULL,
    "mention_id" BIGINT NOT NULL,

    CONSTRAINT "waiting_mention_pkey" PRIMARY KEY ("stage", "mention_id"),
    CONSTRAINT waiting_mention_stage CHECK (stage IN ('analyse', 'route'))
);
INSERT INTO waiting_mention (stage, mention_id)
  SELECT CASE stage WHEN 'ingested' THEN 'analyse' ELSE 'route' END, id FROM mention WHERE stage <> 'done';
ALTER TABLE mention DROP COLUMN stage;

-- Room in each page for the two updates of a row, and for the queue's dead rows to go soon.
ALTER TABLE mention SET (fillfactor = 80);
ALTER TABLE waiting_mention SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
