SELEC a FROM t;
-- error:
-- misspelt_verb.sql:1:1: `SELEC` begins no statement: did you mean SELECT?
--   1 | SELEC a FROM t
--     | ^^^^^
