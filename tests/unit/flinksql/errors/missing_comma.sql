SELECT a b c FROM t;
-- error:
-- missing_comma.sql:1:12: `c` is a word too much: put a comma before it, or take it away
--   1 | SELECT a b c FROM t
--     |            ^
