SELECT user_id, comment FROM comments;
-- error:
-- reserved_word.sql:1:17: `comment` is a reserved word in Flink: write `comment` in backquotes
--   1 | SELECT user_id, comment FROM comments
--     |                 ^^^^^^^
