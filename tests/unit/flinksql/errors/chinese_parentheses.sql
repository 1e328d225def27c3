SELECT COUNT（user_id） FROM comments;
-- error:
-- chinese_parentheses.sql:1:13: `（` is no ASCII left parenthesis: write `(`
--   1 | SELECT COUNT（user_id） FROM comments
--     |             ^
