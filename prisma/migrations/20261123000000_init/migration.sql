-- The schema of prisma/schema.prisma, and below what Prisma has no words for.

-- The current transaction's id on a scale that goes on rising after a backup was restored into another cluster.
-- plpgsql binds `workspace` when it runs, so the function can stand before the table whose rows need it.
CREATE FUNCTION earshot_xid() RETURNS bigint LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN pg_current_xact_id()::text::bigint + (SELECT xid_offset FROM workspace);
END $$;


-- CreateTable
CREATE TABLE "workspace" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "xid_offset" BIGINT NOT NULL DEFAULT 0,
    "is_sample" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workspace_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "config_version" (
    "id" SERIAL NOT NULL,
    "yaml" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "accepted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "config_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "model_version" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "first_used_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "model_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "source" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "cursor" TEXT,
    "cursor_moved_at" TIMESTAMPTZ(3),
    "last_success_at" TIMESTAMPTZ(3),
    "last_error" TEXT,
    "last_error_at" TIMESTAMPTZ(3),
    "next_poll_at" TIMESTAMPTZ(3),
    "spend_micros" BIGINT NOT NULL DEFAULT 0,
    "spend_month" DATE,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "source_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ingest_batch" (
    "id" BIGSERIAL NOT NULL,
    "source_id" INTEGER NOT NULL,
    "rows" INTEGER NOT NULL DEFAULT 0,
    "inserted" INTEGER NOT NULL DEFAULT 0,
    "duplicate" INTEGER NOT NULL DEFAULT 0,
    "rejected" INTEGER NOT NULL DEFAULT 0,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "ingest_batch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ingest_rejection" (
    "id" BIGSERIAL NOT NULL,
    "batch_id" BIGINT NOT NULL,
    "place" TEXT NOT NULL,
    "reason" TEXT NOT NULL,

    CONSTRAINT "ingest_rejection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "author" (
    "id" BIGSERIAL NOT NULL,
    "platform" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "handle" TEXT,
    "name" TEXT,
    "email" TEXT,

    CONSTRAINT "author_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "domains" TEXT[],
    "handles" TEXT[],
    "tier" TEXT NOT NULL DEFAULT '',
    "revenue" DECIMAL(18,2),
    "owner" TEXT NOT NULL DEFAULT '',
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account_link" (
    "id" BIGSERIAL NOT NULL,
    "author_id" BIGINT NOT NULL,
    "account_id" INTEGER NOT NULL,
    "rule" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    "linked_xid" BIGINT NOT NULL DEFAULT earshot_xid(),
    "unlinked_xid" BIGINT,

    CONSTRAINT "account_link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mention" (
    "id" BIGSERIAL NOT NULL,
    "platform" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "author_id" BIGINT NOT NULL,
    "batch_id" BIGINT NOT NULL,
    "thread" TEXT,
    "url" TEXT,
    "reach" INTEGER,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "heard_at" TIMESTAMPTZ(3) NOT NULL,
    "counted_at" TIMESTAMPTZ(3) NOT NULL,
    "is_history" BOOLEAN NOT NULL,
    "is_ours" BOOLEAN NOT NULL DEFAULT false,
    "machine_mail" TEXT,
    "stage" TEXT NOT NULL DEFAULT 'ingested',
    "outcome" TEXT,
    "outcome_reason" TEXT,
    "analysis_id" BIGINT,
    "written_xid" BIGINT NOT NULL DEFAULT earshot_xid(),

    CONSTRAINT "mention_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "revision" (
    "id" BIGSERIAL NOT NULL,
    "mention_id" BIGINT NOT NULL,
    "number" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "lang_hint" TEXT,
    "erased_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "revision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "hearing" (
    "source_id" INTEGER NOT NULL,
    "mention_id" BIGINT NOT NULL,
    "heard_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "hearing_pkey" PRIMARY KEY ("mention_id","source_id")
);

-- CreateTable
CREATE TABLE "analysis" (
    "id" BIGSERIAL NOT NULL,
    "revision_id" BIGINT NOT NULL,
    "mention_id" BIGINT NOT NULL,
    "model_version_id" INTEGER NOT NULL,
    "config_version_id" INTEGER NOT NULL,
    "lang" TEXT NOT NULL,
    "spam" BOOLEAN NOT NULL,
    "polarity" TEXT NOT NULL,
    "score" DOUBLE PRECISION NOT NULL,
    "intents" JSONB NOT NULL,
    "urgency" INTEGER NOT NULL,
    "failure" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "written_xid" BIGINT NOT NULL DEFAULT earshot_xid(),

    CONSTRAINT "analysis_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "opinion" (
    "id" BIGSERIAL NOT NULL,
    "analysis_id" BIGINT NOT NULL,
    "mention_id" BIGINT NOT NULL,
    "number" INTEGER NOT NULL,
    "aspect" TEXT NOT NULL,
    "polarity" TEXT NOT NULL,
    "score" DOUBLE PRECISION NOT NULL,
    "intent" TEXT NOT NULL,
    "confidence" DOUBLE PRECISION NOT NULL,
    "span_start" INTEGER NOT NULL,
    "span_end" INTEGER NOT NULL,
    "why" TEXT[],
    "theme_id" BIGINT,

    CONSTRAINT "opinion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "theme" (
    "id" BIGSERIAL NOT NULL,
    "aspect" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "merged_into" BIGINT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "theme_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "department" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "aspects" TEXT[],
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "department_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person" (
    "id" SERIAL NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "password_hash" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "disabled_at" TIMESTAMPTZ(3),

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "department_member" (
    "person_id" INTEGER NOT NULL,
    "department_id" INTEGER NOT NULL,

    CONSTRAINT "department_member_pkey" PRIMARY KEY ("person_id","department_id")
);

-- CreateTable
CREATE TABLE "session" (
    "hash" TEXT NOT NULL,
    "person_id" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "api_key" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "scopes" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cases" (
    "id" BIGSERIAL NOT NULL,
    "department_id" INTEGER NOT NULL,
    "case_key" TEXT NOT NULL,
    "theme_id" BIGINT,
    "status" TEXT NOT NULL DEFAULT 'open',
    "assignee_id" INTEGER,
    "due_at" TIMESTAMPTZ(3),
    "outcome" TEXT,
    "opened_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "cases_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "case_member" (
    "case_id" BIGINT NOT NULL,
    "opinion_id" BIGINT NOT NULL,
    "reason" TEXT NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "case_member_pkey" PRIMARY KEY ("case_id","opinion_id")
);

-- CreateTable
CREATE TABLE "routing_group" (
    "id" BIGSERIAL NOT NULL,
    "group_key" TEXT NOT NULL,
    "route_path" TEXT NOT NULL,
    "receiver" TEXT NOT NULL,
    "department" TEXT NOT NULL,
    "labels" JSONB NOT NULL,
    "group_interval_ms" INTEGER NOT NULL,
    "repeat_interval_ms" BIGINT NOT NULL,
    "due_at" TIMESTAMPTZ(3),
    "last_flushed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "routing_group_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "route_match" (
    "opinion_id" BIGINT NOT NULL,
    "route_path" TEXT NOT NULL,
    "department_id" INTEGER NOT NULL,
    "group_id" BIGINT NOT NULL,
    "config_version_id" INTEGER NOT NULL,
    "why" JSONB NOT NULL,
    "is_waiting" BOOLEAN NOT NULL,
    "notification_id" BIGINT,

    CONSTRAINT "route_match_pkey" PRIMARY KEY ("opinion_id","route_path")
);

-- CreateTable
CREATE TABLE "notification" (
    "id" BIGSERIAL NOT NULL,
    "group_id" BIGINT NOT NULL,
    "reason" TEXT NOT NULL,
    "config_version_id" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "notification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery" (
    "id" BIGSERIAL NOT NULL,
    "message_id" TEXT NOT NULL,
    "receiver" TEXT NOT NULL,
    "integration" TEXT NOT NULL,
    "integration_number" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "notification_id" BIGINT,
    "digest_run_id" BIGINT,
    "message" JSONB NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "due_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "attempt_token" UUID,
    "lease_until" TIMESTAMPTZ(3),
    "possible_repeat" BOOLEAN NOT NULL DEFAULT false,
    "delivered_at" TIMESTAMPTZ(3),
    "last_error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery_attempt" (
    "id" BIGSERIAL NOT NULL,
    "delivery_id" BIGINT NOT NULL,
    "number" INTEGER NOT NULL,
    "token" UUID NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),
    "result" TEXT,
    "status" INTEGER,
    "detail" TEXT,

    CONSTRAINT "delivery_attempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "digest" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "definition" JSONB NOT NULL,
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "digest_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "digest_run" (
    "id" BIGSERIAL NOT NULL,
    "digest_id" INTEGER NOT NULL,
    "local_date" DATE NOT NULL,
    "zone" TEXT NOT NULL,
    "window_from" TIMESTAMPTZ(3) NOT NULL,
    "window_to" TIMESTAMPTZ(3) NOT NULL,
    "config_version_id" INTEGER NOT NULL,
    "model_version" TEXT NOT NULL,
    "cut_off" JSONB NOT NULL,
    "document" JSONB NOT NULL,
    "hashes" JSONB NOT NULL,
    "state" TEXT NOT NULL,
    "compiled_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "digest_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audience" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "receivers" TEXT[],
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "audience_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audience_member" (
    "id" SERIAL NOT NULL,
    "audience_id" INTEGER NOT NULL,
    "email" TEXT NOT NULL,
    "zone" TEXT,
    "confirmed_at" TIMESTAMPTZ(3),
    "unsubscribed_at" TIMESTAMPTZ(3),

    CONSTRAINT "audience_member_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "silence" (
    "id" BIGSERIAL NOT NULL,
    "matchers" JSONB NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "author" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "silence_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "correction" (
    "id" BIGSERIAL NOT NULL,
    "revision_id" BIGINT NOT NULL,
    "span_start" INTEGER NOT NULL,
    "span_end" INTEGER NOT NULL,
    "aspect" TEXT NOT NULL,
    "polarity" TEXT,
    "author" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "written_xid" BIGINT NOT NULL DEFAULT earshot_xid(),

    CONSTRAINT "correction_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tombstone" (
    "hash" BYTEA NOT NULL,
    "reason" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tombstone_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "rollup" (
    "bucket" TIMESTAMPTZ(3) NOT NULL,
    "aspect" TEXT NOT NULL,
    "polarity" TEXT NOT NULL,
    "intent" TEXT NOT NULL,
    "platform" TEXT NOT NULL,
    "opinions" INTEGER NOT NULL,

    CONSTRAINT "rollup_pkey" PRIMARY KEY ("bucket","aspect","polarity","intent","platform")
);

-- CreateTable
CREATE TABLE "audit_log" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "detail" JSONB NOT NULL,

    CONSTRAINT "audit_log_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "config_version_sha256_key" ON "config_version"("sha256");

-- CreateIndex
CREATE UNIQUE INDEX "model_version_name_key" ON "model_version"("name");

-- CreateIndex
CREATE UNIQUE INDEX "source_name_key" ON "source"("name");

-- CreateIndex
CREATE INDEX "ingest_rejection_batch_id_idx" ON "ingest_rejection"("batch_id");

-- CreateIndex
CREATE UNIQUE INDEX "author_platform_key_key" ON "author"("platform", "key");

-- CreateIndex
CREATE UNIQUE INDEX "account_name_key_key" ON "account"("name_key");

-- CreateIndex
CREATE INDEX "account_link_account_id_idx" ON "account_link"("account_id");

-- CreateIndex
CREATE INDEX "mention_batch_id_idx" ON "mention"("batch_id");

-- CreateIndex
CREATE INDEX "mention_counted_at_idx" ON "mention"("counted_at");

-- CreateIndex
CREATE INDEX "mention_author_id_idx" ON "mention"("author_id");

-- CreateIndex
CREATE UNIQUE INDEX "mention_platform_external_id_key" ON "mention"("platform", "external_id");

-- CreateIndex
CREATE UNIQUE INDEX "revision_mention_id_number_key" ON "revision"("mention_id", "number");

-- CreateIndex
CREATE INDEX "analysis_mention_id_idx" ON "analysis"("mention_id");

-- CreateIndex
CREATE UNIQUE INDEX "analysis_revision_id_model_version_id_config_version_id_key" ON "analysis"("revision_id", "model_version_id", "config_version_id");

-- CreateIndex
CREATE INDEX "opinion_mention_id_idx" ON "opinion"("mention_id");

-- CreateIndex
CREATE UNIQUE INDEX "opinion_analysis_id_number_key" ON "opinion"("analysis_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "theme_aspect_fingerprint_key" ON "theme"("aspect", "fingerprint");

-- CreateIndex
CREATE UNIQUE INDEX "department_name_key" ON "department"("name");

-- CreateIndex
CREATE UNIQUE INDEX "person_email_key" ON "person"("email");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_name_key" ON "api_key"("name");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_hash_key" ON "api_key"("hash");

-- CreateIndex
CREATE INDEX "case_member_opinion_id_idx" ON "case_member"("opinion_id");

-- CreateIndex
CREATE UNIQUE INDEX "routing_group_group_key_key" ON "routing_group"("group_key");

-- CreateIndex
CREATE INDEX "route_match_notification_id_idx" ON "route_match"("notification_id");

-- CreateIndex
CREATE INDEX "delivery_digest_run_id_idx" ON "delivery"("digest_run_id");

-- CreateIndex
CREATE UNIQUE INDEX "delivery_message_id_receiver_integration_integration_number_key" ON "delivery"("message_id", "receiver", "integration", "integration_number");

-- CreateIndex
CREATE UNIQUE INDEX "delivery_attempt_delivery_id_number_key" ON "delivery_attempt"("delivery_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "digest_name_key" ON "digest"("name");

-- CreateIndex
CREATE UNIQUE INDEX "digest_run_digest_id_local_date_key" ON "digest_run"("digest_id", "local_date");

-- CreateIndex
CREATE UNIQUE INDEX "audience_name_key" ON "audience"("name");

-- CreateIndex
CREATE UNIQUE INDEX "audience_member_audience_id_email_key" ON "audience_member"("audience_id", "email");

-- CreateIndex
CREATE INDEX "correction_revision_id_idx" ON "correction"("revision_id");

-- AddForeignKey
ALTER TABLE "ingest_batch" ADD CONSTRAINT "ingest_batch_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "source"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ingest_rejection" ADD CONSTRAINT "ingest_rejection_batch_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "ingest_batch"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account_link" ADD CONSTRAINT "account_link_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "author"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account_link" ADD CONSTRAINT "account_link_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mention" ADD CONSTRAINT "mention_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "author"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mention" ADD CONSTRAINT "mention_batch_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "ingest_batch"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "revision" ADD CONSTRAINT "revision_mention_id_fkey" FOREIGN KEY ("mention_id") REFERENCES "mention"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hearing" ADD CONSTRAINT "hearing_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "source"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hearing" ADD CONSTRAINT "hearing_mention_id_fkey" FOREIGN KEY ("mention_id") REFERENCES "mention"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "analysis" ADD CONSTRAINT "analysis_revision_id_fkey" FOREIGN KEY ("revision_id") REFERENCES "revision"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "opinion" ADD CONSTRAINT "opinion_analysis_id_fkey" FOREIGN KEY ("analysis_id") REFERENCES "analysis"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "opinion" ADD CONSTRAINT "opinion_theme_id_fkey" FOREIGN KEY ("theme_id") REFERENCES "theme"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "department_member" ADD CONSTRAINT "department_member_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "department_member" ADD CONSTRAINT "department_member_department_id_fkey" FOREIGN KEY ("department_id") REFERENCES "department"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cases" ADD CONSTRAINT "cases_department_id_fkey" FOREIGN KEY ("department_id") REFERENCES "department"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cases" ADD CONSTRAINT "cases_theme_id_fkey" FOREIGN KEY ("theme_id") REFERENCES "theme"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "case_member" ADD CONSTRAINT "case_member_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "cases"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "case_member" ADD CONSTRAINT "case_member_opinion_id_fkey" FOREIGN KEY ("opinion_id") REFERENCES "opinion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "route_match" ADD CONSTRAINT "route_match_opinion_id_fkey" FOREIGN KEY ("opinion_id") REFERENCES "opinion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "route_match" ADD CONSTRAINT "route_match_department_id_fkey" FOREIGN KEY ("department_id") REFERENCES "department"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "route_match" ADD CONSTRAINT "route_match_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "routing_group"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "route_match" ADD CONSTRAINT "route_match_notification_id_fkey" FOREIGN KEY ("notification_id") REFERENCES "notification"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification" ADD CONSTRAINT "notification_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "routing_group"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_notification_id_fkey" FOREIGN KEY ("notification_id") REFERENCES "notification"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_digest_run_id_fkey" FOREIGN KEY ("digest_run_id") REFERENCES "digest_run"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery_attempt" ADD CONSTRAINT "delivery_attempt_delivery_id_fkey" FOREIGN KEY ("delivery_id") REFERENCES "delivery"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "digest_run" ADD CONSTRAINT "digest_run_digest_id_fkey" FOREIGN KEY ("digest_id") REFERENCES "digest"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audience_member" ADD CONSTRAINT "audience_member_audience_id_fkey" FOREIGN KEY ("audience_id") REFERENCES "audience"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "correction" ADD CONSTRAINT "correction_revision_id_fkey" FOREIGN KEY ("revision_id") REFERENCES "revision"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


INSERT INTO workspace (id) VALUES (1);
ALTER TABLE workspace ADD CONSTRAINT workspace_is_one CHECK (id = 1);

-- What had committed by now, as {xmin, xmax, running}: see earshot_visible.
CREATE FUNCTION earshot_cut_off() RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
    'xmin', pg_snapshot_xmin(s)::text::bigint + w.xid_offset,
    'xmax', pg_snapshot_xmax(s)::text::bigint + w.xid_offset,
    'running', coalesce((SELECT jsonb_agg(x::text::bigint + w.xid_offset) FROM pg_snapshot_xip(s) x), '[]'))
  FROM pg_current_snapshot() s, workspace w
$$;

-- Whether a row written by transaction `xid` had committed at the cut-off.
CREATE FUNCTION earshot_visible(xid bigint, cut_off jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT xid < (cut_off->>'xmin')::bigint
      OR (xid < (cut_off->>'xmax')::bigint AND NOT (cut_off->'running') @> to_jsonb(xid))
$$;

-- One current account an author; one open case a key.
CREATE UNIQUE INDEX account_link_current ON account_link (author_id) WHERE unlinked_xid IS NULL;
CREATE UNIQUE INDEX cases_open_key ON cases (department_id, case_key) WHERE closed_at IS NULL;

-- Pending work, found without reading what is done.
CREATE INDEX mention_to_analyse ON mention (id) WHERE stage = 'ingested';
CREATE INDEX mention_to_route ON mention (id) WHERE stage = 'analysed';
CREATE INDEX mention_thread ON mention (platform, thread) WHERE thread IS NOT NULL;
CREATE INDEX routing_group_due ON routing_group (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX route_match_waiting ON route_match (group_id) WHERE is_waiting;
CREATE INDEX delivery_due ON delivery (due_at) WHERE status = 'pending';
CREATE INDEX delivery_leased ON delivery (lease_until) WHERE status = 'sending';

ALTER TABLE mention
  ADD CONSTRAINT mention_kind CHECK (kind IN ('post', 'mail', 'review')),
  ADD CONSTRAINT mention_stage CHECK (stage IN ('ingested', 'analysed', 'done')),
  ADD CONSTRAINT mention_outcome CHECK (outcome IN ('routed', 'unsure', 'no-opinion', 'quarantined', 'ours')),
  ADD CONSTRAINT mention_done_has_outcome CHECK ((stage = 'done') = (outcome IS NOT NULL));
ALTER TABLE analysis ADD CONSTRAINT analysis_urgency CHECK (urgency BETWEEN 0 AND 3);
ALTER TABLE opinion
  ADD CONSTRAINT opinion_polarity CHECK (polarity IN ('negative', 'neutral', 'positive')),
  ADD CONSTRAINT opinion_span CHECK (0 <= span_start AND span_start < span_end);
ALTER TABLE cases ADD CONSTRAINT cases_status CHECK (status IN ('open', 'accepted', 'snoozed', 'resolved', 'declined'));
ALTER TABLE delivery ADD CONSTRAINT delivery_status CHECK (status IN ('pending', 'sending', 'delivered', 'dead'));
ALTER TABLE digest_run ADD CONSTRAINT digest_run_state CHECK (state IN ('on-schedule', 'by-hand', 'skipped'));
ALTER TABLE person ADD CONSTRAINT person_role CHECK (role IN ('admin', 'executive', 'lead', 'agent'));

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log is append-only';
END $$;
CREATE TRIGGER audit_log_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
