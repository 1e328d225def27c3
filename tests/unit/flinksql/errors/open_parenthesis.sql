INSERT INTO s
SELECT COUNT(* FROM t;
-- error:
-- open_parenthesis.sql:2:16: Expected ), found the reserved word `FROM`
--   2 | SELECT COUNT(* FROM t
--     |                ^^^^
