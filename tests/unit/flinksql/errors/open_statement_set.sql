EXECUTE STATEMENT SET BEGIN
INSERT INTO s SELECT 1;
-- error:
-- open_statement_set.sql:1:23: A statement set begins here and does not end: close it with END.
--   1 | EXECUTE STATEMENT SET BEGIN
--     |                       ^^^^^
