SELECT user_id FROM comments WHERE likes => 3;
-- error:
-- greater_arrow.sql:1:42: `=>` only names arguments: write `>=` for greater or equal
--   1 | SELECT user_id FROM comments WHERE likes => 3
--     |                                          ^^
