-- Groups that repeat and resolve, mutes that say why, silences with their ends.

-- AlterTable
ALTER TABLE "routing_group" ADD COLUMN "group_wait_ms" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN "times" JSONB,
ADD COLUMN "waiting_since" TIMESTAMPTZ(3),
ADD COLUMN "listed_at" TIMESTAMPTZ(3),
ADD COLUMN "is_live" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "routing_group" RENAME COLUMN "last_flushed_at" TO "last_notified_at";
ALTER TABLE "routing_group" ALTER COLUMN "group_interval_ms" TYPE BIGINT;

-- AlterTable
ALTER TABLE "route_match" ADD COLUMN "mute" JSONB;

-- CreateTable
CREATE TABLE "group_case" (
    "group_id" BIGINT NOT NULL,
    "case_id" BIGINT NOT NULL,
    "notified_at" TIMESTAMPTZ(3) NOT NULL,
    "resolved_at" TIMESTAMPTZ(3),

    CONSTRAINT "group_case_pkey" PRIMARY KEY ("group_id","case_id")
);

-- AlterTable
ALTER TABLE "silence" ADD COLUMN "spelling" TEXT NOT NULL DEFAULT '',
ADD COLUMN "expired_at" TIMESTAMPTZ(3),
ADD COLUMN "expired_by" TEXT;

-- CreateIndex
CREATE INDEX "silence_ends_at_idx" ON "silence"("ends_at");

-- CreateIndex
CREATE INDEX "group_case_case_id_idx" ON "group_case"("case_id");

CREATE INDEX group_case_told ON group_case (group_id) WHERE resolved_at IS NULL;

-- What was notified before counts as listed then, and its open cases as told.
UPDATE routing_group SET listed_at = last_notified_at, is_live = last_notified_at IS NOT NULL, waiting_since = CASE WHEN due_at IS NOT NULL THEN now() END;
INSERT INTO group_case (group_id, case_id, notified_at)
  SELECT rm.group_id, c.id, max(n.created_at) FROM route_match rm JOIN notification n ON n.id = rm.notification_id
    JOIN case_member cm ON cm.opinion_id = rm.opinion_id AND cm.removed_at IS NULL JOIN cases c ON c.id = cm.case_id AND c.department_id = rm.department_id
   WHERE c.closed_at IS NULL GROUP BY 1, 2;
UPDATE routing_group g SET due_at = coalesce(g.due_at, greatest(now(), g.last_notified_at + g.repeat_interval_ms * interval '1 ms'))
 WHERE EXISTS (SELECT FROM group_case told WHERE told.group_id = g.id);

-- A silence is never rewritten: it may only be ended before its time, once.
CREATE FUNCTION keep_silence() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.expired_at IS NULL AND NEW.expired_at IS NOT NULL
     AND to_jsonb(NEW) - 'expired_at' - 'expired_by' = to_jsonb(OLD) - 'expired_at' - 'expired_by' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'silences are append-only';
END $$;
CREATE TRIGGER silence_is_kept BEFORE UPDATE OR DELETE ON silence FOR EACH ROW EXECUTE FUNCTION keep_silence();
