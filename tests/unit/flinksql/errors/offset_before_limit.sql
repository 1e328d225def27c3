SELECT user_id FROM comments OFFSET 20 LIMIT 10;
-- error:
-- offset_before_limit.sql:1:40: Flink wants LIMIT before OFFSET: write LIMIT 10 OFFSET 20
--   1 | SELECT user_id FROM comments OFFSET 20 LIMIT 10
--     |                                        ^^^^^
