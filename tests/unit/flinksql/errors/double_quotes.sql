SELECT "a" FROM t;
-- error:
-- double_quotes.sql:1:8: Flink knows no double quotes: write strings in '…' and names in `…`
--   1 | SELECT "a" FROM t
--     |        ^
