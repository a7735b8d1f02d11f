-- What themes are formed from: the hashed words of opinions, how frequent words are, and what a person has put where. A routed
-- mention waits for its opinions' themes as it waited for the stages before.
ALTER TABLE waiting_mention DROP CONSTRAINT waiting_mention_stage;
ALTER TABLE waiting_mention ADD CONSTRAINT waiting_mention_stage CHECK (stage IN ('analyse', 'route', 'theme'));
INSERT INTO waiting_mention (stage, mention_id) SELECT 'theme', id FROM mention WHERE outcome = 'routed';

CREATE TABLE "wording" (
    "opinion_id" BIGINT NOT NULL,
    "aspect" TEXT NOT NULL,
    "theme_id" BIGINT,
    "terms" INTEGER[],
    "keys" INTEGER[],
    "copy_of" BIGINT,

    CONSTRAINT "wording_pkey" PRIMARY KEY ("opinion_id"),
    CONSTRAINT "wording_opinion_id_fkey" FOREIGN KEY ("opinion_id") REFERENCES "opinion"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "wording_theme_id_fkey" FOREIGN KEY ("theme_id") REFERENCES "theme"("id") ON DELETE SET NULL ON UPDATE CASCADE
);
CREATE INDEX "wording_keys_idx" ON "wording" USING GIN ("keys");
CREATE INDEX "wording_theme_id_idx" ON "wording"("theme_id");

CREATE TABLE "term_count" (
    "aspect" TEXT NOT NULL,
    "term" INTEGER NOT NULL,
    "opinions" INTEGER NOT NULL,

    CONSTRAINT "term_count_pkey" PRIMARY KEY ("aspect","term")
);

CREATE TABLE "theme_pin" (
    "revision_id" BIGINT NOT NULL,
    "aspect" TEXT NOT NULL,
    "span_start" INTEGER NOT NULL,
    "span_end" INTEGER NOT NULL,
    "theme_id" BIGINT NOT NULL,
    "author" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "theme_pin_pkey" PRIMARY KEY ("revision_id","aspect","span_start","span_end"),
    CONSTRAINT "theme_pin_revision_id_fkey" FOREIGN KEY ("revision_id") REFERENCES "revision"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "theme_pin_theme_id_fkey" FOREIGN KEY ("theme_id") REFERENCES "theme"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

CREATE INDEX "opinion_theme_id_idx" ON "opinion"("theme_id");
CREATE INDEX "theme_merged_into_idx" ON "theme"("merged_into");
