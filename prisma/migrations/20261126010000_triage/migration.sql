-- Sign-in, the triage of cases, and the release of messages that were held back.

-- AlterTable
ALTER TABLE "mention" ADD COLUMN "released_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "cases" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN "snoozed_until" TIMESTAMPTZ(3),
ADD COLUMN "bounces" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "person_token" (
    "hash" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "person_id" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "person_token_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "rate_limit" (
    "key" TEXT NOT NULL,
    "points" INTEGER NOT NULL,
    "expire" BIGINT,

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "case_event" (
    "id" BIGSERIAL NOT NULL,
    "case_id" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "person_id" INTEGER NOT NULL,
    "action" JSONB,
    "undo" JSONB NOT NULL,
    "version" INTEGER NOT NULL,
    "undoes" BIGINT,

    CONSTRAINT "case_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "case_seen" (
    "person_id" INTEGER NOT NULL,
    "case_id" BIGINT NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "case_seen_pkey" PRIMARY KEY ("person_id","case_id")
);

-- CreateIndex
CREATE INDEX "session_person_id_idx" ON "session"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "case_event_undoes_key" ON "case_event"("undoes");

-- CreateIndex
CREATE INDEX "case_event_case_id_idx" ON "case_event"("case_id");

-- AddForeignKey
ALTER TABLE "person_token" ADD CONSTRAINT "person_token_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "case_event" ADD CONSTRAINT "case_event_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "cases"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "case_event" ADD CONSTRAINT "case_event_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "case_seen" ADD CONSTRAINT "case_seen_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "case_seen" ADD CONSTRAINT "case_seen_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "cases"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Inboxes are read newest first, a department at a time; what was held back likewise.
CREATE INDEX cases_of_department ON cases (department_id, opened_at DESC, id DESC);
CREATE INDEX cases_unresolved ON cases (department_id, opened_at DESC, id DESC) WHERE closed_at IS NULL;
CREATE INDEX mention_held ON mention (outcome, id DESC) WHERE outcome IN ('quarantined', 'unsure');

ALTER TABLE person_token ADD CONSTRAINT person_token_purpose CHECK (purpose IN ('invitation', 'first-run')),
  ADD CONSTRAINT person_token_owner CHECK ((purpose = 'first-run') = (person_id IS NULL));
ALTER TABLE cases
  ADD CONSTRAINT cases_outcome CHECK (outcome IN ('fixed', 'explained', 'wont-fix', 'passed-on')),
  ADD CONSTRAINT cases_closed CHECK ((closed_at IS NOT NULL) = (status IN ('resolved', 'declined'))),
  ADD CONSTRAINT cases_snoozed CHECK ((snoozed_until IS NOT NULL) = (status = 'snoozed'));

CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;
CREATE TRIGGER case_event_is_append_only BEFORE UPDATE OR DELETE ON case_event
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Whoever listens hears which cases changed, from whatever process; routing touches a case when an opinion joins it.
CREATE FUNCTION tell_cases_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('earshot_cases', json_build_object('department', d.name, 'ids', (array_agg(c.id::text))[1:100], 'more', count(*) > 100)::text)
    FROM changed c JOIN department d ON d.id = c.department_id GROUP BY d.name;
  RETURN NULL;
END $$;
CREATE TRIGGER cases_opened AFTER INSERT ON cases REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION tell_cases_changed();
CREATE TRIGGER cases_changed AFTER UPDATE ON cases REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION tell_cases_changed();

-- However a session ends, its open streams end with it.
CREATE FUNCTION tell_session_ended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('earshot_sessions', hash) FROM ended;
  RETURN NULL;
END $$;
CREATE TRIGGER session_ended AFTER DELETE ON session REFERENCING OLD TABLE AS ended
  FOR EACH STATEMENT EXECUTE FUNCTION tell_session_ended();
