SELECT user_id FROM comments;
-- error:
-- no_break_space.sql:1:20: U+00A0 (no-break space) is no space of SQL: write a plain space
--   1 | SELECT user_id FROM comments
--     |                    ^
