-- How the far side calls what it took, and what that is a follow-up of.
ALTER TABLE "delivery" ADD COLUMN "thread" TEXT;
ALTER TABLE "delivery" ADD COLUMN "ref" TEXT;
ALTER TABLE "delivery" ADD COLUMN "progress" TEXT;
ALTER TABLE "delivery" ADD COLUMN "asked_at" TIMESTAMPTZ(3);
ALTER TABLE "delivery" ADD COLUMN "closed_at" TIMESTAMPTZ(3);

CREATE INDEX "delivery_thread" ON "delivery"("thread", "receiver", "integration", "integration_number") WHERE "ref" IS NOT NULL;

-- Trackers close cases as well as people do.
ALTER TABLE "case_event" ALTER COLUMN "person_id" DROP NOT NULL;
ALTER TABLE "case_event" ADD COLUMN "actor" TEXT;
ALTER TABLE "case_event" ADD CONSTRAINT "case_event_who" CHECK (("person_id" IS NULL) <> ("actor" IS NULL));

-- Signed requests that were answered: each counts once.
CREATE TABLE "signed_request" (
    "signature" TEXT NOT NULL,
    "taken_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "signed_request_pkey" PRIMARY KEY ("signature")
);
