-- Reading history again with another model or other aspects: what it says waits beside history until a person makes it current.
CREATE TABLE "reanalysis" (
    "id" SERIAL NOT NULL,
    "model_version_id" INTEGER NOT NULL,
    "config_version_id" INTEGER NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'reading',
    "last_mention_id" BIGINT,
    "total" INTEGER NOT NULL,
    "looked_at" INTEGER NOT NULL DEFAULT 0,
    "comparison" JSONB,
    "author" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "adopted_xid" BIGINT,

    CONSTRAINT "reanalysis_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "reanalysis_state_check" CHECK ("state" IN ('reading', 'read', 'current', 'dropped')),
    CONSTRAINT "reanalysis_adopted_check" CHECK (("state" = 'current') = ("adopted_xid" IS NOT NULL))
);

-- One at a time: two would each be compared with what the other is about to replace.
CREATE UNIQUE INDEX "reanalysis_one_open" ON "reanalysis" ((true)) WHERE "state" IN ('reading', 'read');

CREATE TABLE "reanalysis_reading" (
    "reanalysis_id" INTEGER NOT NULL,
    "mention_id" BIGINT NOT NULL,
    "revision_id" BIGINT NOT NULL,
    "reading" JSONB NOT NULL,

    CONSTRAINT "reanalysis_reading_pkey" PRIMARY KEY ("reanalysis_id", "mention_id")
);

ALTER TABLE "reanalysis" ADD CONSTRAINT "reanalysis_model_version_id_fkey" FOREIGN KEY ("model_version_id") REFERENCES "model_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "reanalysis" ADD CONSTRAINT "reanalysis_config_version_id_fkey" FOREIGN KEY ("config_version_id") REFERENCES "config_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "reanalysis_reading" ADD CONSTRAINT "reanalysis_reading_reanalysis_id_fkey" FOREIGN KEY ("reanalysis_id") REFERENCES "reanalysis"("id") ON DELETE CASCADE ON UPDATE CASCADE;
