SELECT user_id /* who
FROM comments;
-- error:
-- open_comment.sql:1:16: A comment opens here and does not end: close it with */.
--   1 | SELECT user_id /* who
--     |                ^^
