CREATE TABLE t (id INT) WITH ("connector" = "kafka");
-- error:
-- option_in_double_quotes.sql:1:31: Flink knows no double quotes: write strings in '…' and names in `…`
--   1 | CREATE TABLE t (id INT) WITH ("connector" = "kafka")
--     |                               ^
