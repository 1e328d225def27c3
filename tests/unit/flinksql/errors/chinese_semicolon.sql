SET 'a' = 'b'；
SELECT user_id FROM comments；
-- error:
-- chinese_semicolon.sql:1:14: `；` is no ASCII semicolon: write `;`
--   1 | SET 'a' = 'b'；
--     |              ^
