-- Ways out that refuse us: how often in a row, and since when nothing is sent there. What was switched off is on again once a config
-- is accepted that is newer, or when somebody says so; a destination without a row has nothing against us.
CREATE TABLE "destination" (
    "receiver" TEXT NOT NULL,
    "integration" TEXT NOT NULL,
    "integration_number" INTEGER NOT NULL,
    "refusals" INTEGER NOT NULL,
    "disabled_at" TIMESTAMPTZ(3),
    "reason" TEXT NOT NULL,

    CONSTRAINT "destination_pkey" PRIMARY KEY ("receiver", "integration", "integration_number")
);
