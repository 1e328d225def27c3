SELECT user_id FROM a MINUS SELECT user_id FROM b;
-- error:
-- minus.sql:1:23: Flink does not know MINUS: write EXCEPT
--   1 | SELECT user_id FROM a MINUS SELECT user_id FROM b
--     |                       ^^^^^
