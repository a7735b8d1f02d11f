-- A new version of a row that fits beside the old one, and changes nothing that an index reads, costs no index. Every mention is written
-- three times, a batch of them in one transaction, so a page wants room for as many again; of pages filled to 80 % nine changes in ten
-- fitted nowhere.
ALTER TABLE mention SET (fillfactor = 36);
ALTER TABLE cases SET (fillfactor = 50);

-- The index of what is held back read the outcome, which every mention gets: it reads a column of its own now, which few have.
DROP INDEX mention_held;
ALTER TABLE mention ADD COLUMN "held" TEXT GENERATED ALWAYS AS (CASE WHEN outcome IN ('quarantined', 'unsure') THEN outcome END) STORED;
CREATE INDEX mention_held ON mention (held, id DESC) WHERE held IS NOT NULL;
