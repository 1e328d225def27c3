SELECT `user_id FROM comments;
-- error:
-- open_name.sql:1:8: a quoted name opens here and does not end. Close it with `
--   1 | SELECT `user_id FROM comments;
--     |        ^
