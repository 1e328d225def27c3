SELECT '👍' AS 👍 FROM comments;
-- error:
-- emoji_name.sql:1:15: U+1F44D (thumbs up sign) belongs into strings, comments and names in backquotes
--   1 | SELECT '👍' AS 👍 FROM comments
--     |                ^
