SELECT `user_id FROM comments;
-- error:
-- open_name.sql:1:8: A quoted name opens here and does not end: close it with `.
--   1 | SELECT `user_id FROM comments;
--     |        ^
