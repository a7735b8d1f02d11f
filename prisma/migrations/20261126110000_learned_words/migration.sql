-- By which words labelled texts tell the aspects that a workspace added: {aspect: {texts, sure: [word], wrong: [seed]}}.
ALTER TABLE "learned_head" ADD COLUMN "words" JSONB NOT NULL DEFAULT '{}';
