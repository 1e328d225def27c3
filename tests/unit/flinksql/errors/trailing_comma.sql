SELECT a, FROM t;
-- error:
-- trailing_comma.sql:1:11: Nothing stands between the comma and `FROM`: take the comma away
--   1 | SELECT a, FROM t
--     |           ^^^^
