SELECT CASE WHEN likes > 3 THEN 'hot' FROM comments;
-- error:
-- missing_end.sql:1:39: Expected END, found the reserved word `FROM`
--   1 | SELECT CASE WHEN likes > 3 THEN 'hot' FROM comments
--     |                                       ^^^^
