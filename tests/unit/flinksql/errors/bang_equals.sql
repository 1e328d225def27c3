SELECT a FROM t WHERE a != 1;
-- error:
-- bang_equals.sql:1:25: Flink does not know `!=`: write `<>`
--   1 | SELECT a FROM t WHERE a != 1
--     |                         ^^
