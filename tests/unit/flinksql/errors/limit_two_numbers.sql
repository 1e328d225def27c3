SELECT user_id FROM comments LIMIT 20, 10;
-- error:
-- limit_two_numbers.sql:1:38: Flink does not know LIMIT with two numbers: write LIMIT 10 OFFSET 20
--   1 | SELECT user_id FROM comments LIMIT 20, 10
--     |                                      ^
