SELECT user_id FROM a CROSS APPLY TABLE(words(content));
-- error:
-- cross_apply.sql:1:23: Flink does not know APPLY: write CROSS JOIN with LATERAL TABLE (…)
--   1 | SELECT user_id FROM a CROSS APPLY TABLE(words(content))
--     |                       ^^^^^
