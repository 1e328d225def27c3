CREATE TABLE t (a INT) WITH ('connector' = kafka);
-- error:
-- unquoted_option.sql:1:44: Expected a string in '…', found `kafka`
--   1 | CREATE TABLE t (a INT) WITH ('connector' = kafka)
--     |                                            ^^^^^
