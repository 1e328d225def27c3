SELECT a FROM t WHERE a = 'x;
-- error:
-- open_string.sql:1:27: a string opens here and does not end. Close it with '
--   1 | SELECT a FROM t WHERE a = 'x;
--     |                           ^
