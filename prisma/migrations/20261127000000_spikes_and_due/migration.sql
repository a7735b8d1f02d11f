ALTER TABLE "workspace" ADD COLUMN "spikes_due_at" TIMESTAMPTZ(3) NOT NULL DEFAULT '-infinity';

ALTER TABLE "cases" ADD COLUMN "overdue_at" TIMESTAMPTZ(3);

-- What is past its time is found at once, however many cases there are.
CREATE INDEX "cases_overdue" ON "cases"("due_at") WHERE "closed_at" IS NULL AND "overdue_at" IS NULL;

CREATE TABLE "spike" (
    "id" BIGSERIAL NOT NULL,
    "aspect" TEXT NOT NULL,
    "theme_id" BIGINT,
    "began_at" TIMESTAMPTZ(3) NOT NULL,
    "people" INTEGER NOT NULL,
    "peak" INTEGER NOT NULL,
    "usual" DOUBLE PRECISION NOT NULL,
    "told_at" TIMESTAMPTZ(3),
    "quiet_since" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "spike_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "spike_theme_id_fkey" FOREIGN KEY ("theme_id") REFERENCES "theme"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- What rises while its spike goes on is the same spike.
CREATE UNIQUE INDEX "spike_open" ON "spike"("aspect", coalesce("theme_id", 0)) WHERE "ended_at" IS NULL;
CREATE INDEX "spike_began_at_idx" ON "spike"("began_at");
