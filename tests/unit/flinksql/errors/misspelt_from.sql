SELECT a
FORM t;
-- error:
-- misspelt_from.sql:2:6: `FORM` was read as a name, and then a word is too much: did you mean FROM?
--   2 | FORM t
--     |      ^
