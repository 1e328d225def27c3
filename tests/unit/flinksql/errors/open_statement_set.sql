EXECUTE STATEMENT SET BEGIN
INSERT INTO s SELECT 1;
-- error:
-- open_statement_set.sql:1:23: a statement set begins here and does not end. Close it with END;
--   1 | EXECUTE STATEMENT SET BEGIN
--     |                       ^^^^^
