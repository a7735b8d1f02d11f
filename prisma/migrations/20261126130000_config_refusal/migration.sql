-- A config that a running process was given and did not take, by where it was read from; the one before stays in force until it is mended.
CREATE TABLE "config_refusal" (
    "origin" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "refused_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "config_refusal_pkey" PRIMARY KEY ("origin")
);
