-- The tables that grow with every mention check no reference (docs/decisions/0006): their ids come from rows of the same transaction.
ALTER TABLE mention DROP CONSTRAINT mention_author_id_fkey, DROP CONSTRAINT mention_batch_id_fkey;
ALTER TABLE revision DROP CONSTRAINT revision_mention_id_fkey;
ALTER TABLE hearing DROP CONSTRAINT hearing_source_id_fkey, DROP CONSTRAINT hearing_mention_id_fkey;
ALTER TABLE analysis DROP CONSTRAINT analysis_revision_id_fkey;
ALTER TABLE opinion DROP CONSTRAINT opinion_analysis_id_fkey;
ALTER TABLE case_member DROP CONSTRAINT case_member_case_id_fkey, DROP CONSTRAINT case_member_opinion_id_fkey;
ALTER TABLE route_match DROP CONSTRAINT route_match_opinion_id_fkey, DROP CONSTRAINT route_match_department_id_fkey,
  DROP CONSTRAINT route_match_group_id_fkey;
