-- What a workspace's corrections added to the model, each time it was learned anew. The newest row holds; without weights nothing is added.
CREATE TABLE "learned_head" (
    "id" SERIAL NOT NULL,
    "base_version" TEXT NOT NULL,
    "last_correction_id" BIGINT NOT NULL,
    "texts" INTEGER NOT NULL,
    "exact_before" INTEGER NOT NULL,
    "exact_after" INTEGER NOT NULL,
    "weights" BYTEA,
    "author" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "learned_head_pkey" PRIMARY KEY ("id")
);
