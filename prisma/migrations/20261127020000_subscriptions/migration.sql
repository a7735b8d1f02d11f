-- Nothing ever wrote it: who reads a digest by mail of their own has a subscription.
DROP TABLE "audience_member";

CREATE TABLE "subscription" (
    "id" BIGSERIAL NOT NULL,
    "digest" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "zone" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "every" TEXT NOT NULL,
    "form" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "confirmed_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "subscription_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "subscription_token_key" ON "subscription"("token");
CREATE UNIQUE INDEX "subscription_digest_email_key" ON "subscription"("digest", "email");
