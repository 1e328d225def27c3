SELECT user_id /* who
FROM comments;
-- error:
-- open_comment.sql:1:16: a comment opens here and does not end. Close it with */
--   1 | SELECT user_id /* who
--     |                ^^
