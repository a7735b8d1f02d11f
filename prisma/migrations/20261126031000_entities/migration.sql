-- What a text speaks of by name or form: [{kind, name, how, start, end}].
ALTER TABLE "analysis" ADD COLUMN "entities" JSONB NOT NULL DEFAULT '[]';
