CREATE TABLE t (a STRNG(3));
-- error:
-- unknown_type.sql:1:19: `STRNG` is no type with a size: did you mean STRING?
--   1 | CREATE TABLE t (a STRNG(3))
--     |                   ^^^^^
