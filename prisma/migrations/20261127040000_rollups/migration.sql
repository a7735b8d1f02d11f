-- What was said in a quarter of an hour, kept by columns, so that a digest of a large day need not read its rows again. It is made anew
-- from the rows whenever a change of them is noted; nothing else writes it.
DROP TABLE "rollup";
CREATE TABLE "rollup" (
    "bucket" TIMESTAMPTZ(3) NOT NULL,
    "newest_xid" BIGINT NOT NULL,
    "newest_read_xid" BIGINT NOT NULL,
    "facts" JSONB NOT NULL,
    "labels" JSONB NOT NULL,
    "label" BYTEA NOT NULL,
    "message" BYTEA NOT NULL,
    "theme" BYTEA NOT NULL,
    "confidence" BYTEA NOT NULL,
    "mention" BYTEA NOT NULL,
    "author" BYTEA NOT NULL,
    "text_hash" BYTEA NOT NULL,

    CONSTRAINT "rollup_pkey" PRIMARY KEY ("bucket")
);
-- Numbers hardly shrink, and are read far more often than written.
ALTER TABLE "rollup"
  ALTER "label" SET STORAGE EXTERNAL, ALTER "message" SET STORAGE EXTERNAL, ALTER "theme" SET STORAGE EXTERNAL, ALTER "confidence" SET STORAGE EXTERNAL,
  ALTER "mention" SET STORAGE EXTERNAL, ALTER "author" SET STORAGE EXTERNAL, ALTER "text_hash" SET STORAGE EXTERNAL;

-- That something changed which a rollup counts. A backup is restored before the workspace has its row: such a change is older than all.
CREATE TABLE "rollup_change" (
    "id" BIGSERIAL NOT NULL,
    "bucket" TIMESTAMPTZ(3) NOT NULL,
    "written_xid" BIGINT NOT NULL DEFAULT COALESCE(earshot_xid(), 0),
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "rollup_change_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "rollup_change_bucket_idx" ON "rollup_change"("bucket");

CREATE FUNCTION earshot_bucket(at timestamptz) RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT date_bin('15 minutes', at, timestamptz 'epoch')
$$;

CREATE FUNCTION note_change_of_mentions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO rollup_change (bucket) SELECT DISTINCT earshot_bucket(counted_at) FROM changed;
  RETURN NULL;
END $$;
CREATE TRIGGER rollup_notes_insert AFTER INSERT ON mention REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_change_of_mentions();
CREATE TRIGGER rollup_notes_update AFTER UPDATE ON mention REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_change_of_mentions();

CREATE FUNCTION note_change_by_mention() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO rollup_change (bucket) SELECT DISTINCT earshot_bucket(m.counted_at) FROM changed c JOIN mention m ON m.id = c.mention_id;
  RETURN NULL;
END $$;
CREATE TRIGGER rollup_notes_themes AFTER UPDATE ON opinion REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_change_by_mention();
CREATE TRIGGER rollup_notes_erasing AFTER UPDATE ON revision REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_change_by_mention();

CREATE FUNCTION note_change_by_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO rollup_change (bucket) SELECT DISTINCT earshot_bucket(m.counted_at) FROM changed c JOIN revision r ON r.id = c.revision_id JOIN mention m ON m.id = r.mention_id;
  RETURN NULL;
END $$;
CREATE TRIGGER rollup_notes_corrections AFTER INSERT ON correction REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_change_by_revision();

INSERT INTO rollup_change (bucket) SELECT DISTINCT earshot_bucket(counted_at) FROM mention;
