-- What polling keeps: how often, who polls now (a lease with a token), how it went, what it cost, and what was announced.
ALTER TABLE "source"
  ADD COLUMN "every_ms" BIGINT,
  ADD COLUMN "silent_after_ms" BIGINT,
  ADD COLUMN "poll_token" UUID,
  ADD COLUMN "lease_until" TIMESTAMPTZ(3),
  ADD COLUMN "caught_up_at" TIMESTAMPTZ(3),
  ADD COLUMN "failures" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "failing_since" TIMESTAMPTZ(3),
  ADD COLUMN "error_kind" TEXT,
  ADD COLUMN "gap" TEXT,
  ADD COLUMN "gap_at" TIMESTAMPTZ(3),
  ADD COLUMN "heard_days" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "last_heard_at" TIMESTAMPTZ(3),
  ADD COLUMN "reads" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "budget_micros" BIGINT,
  ADD COLUMN "watched_at" TIMESTAMPTZ(3),
  ADD COLUMN "alarm" TEXT;

-- Why a message's content could not be taken apart; it is quarantined with that reason.
ALTER TABLE "mention" ADD COLUMN "unreadable" TEXT;
