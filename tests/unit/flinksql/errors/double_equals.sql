SELECT a == 1 FROM t;
-- error:
-- double_equals.sql:1:11: Flink does not know `==`: write `=`
--   1 | SELECT a == 1 FROM t
--     |           ^
