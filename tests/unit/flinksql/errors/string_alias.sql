SELECT user_id AS 'user' FROM comments;
-- error:
-- string_alias.sql:1:19: An alias is a name, not a string: write it in `…` if it is no plain word
--   1 | SELECT user_id AS 'user' FROM comments
--     |                   ^^^^^^
