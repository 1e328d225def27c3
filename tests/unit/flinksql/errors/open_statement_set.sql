EXECUTE STATEMENT SET BEGIN
INSERT INTO s SELECT 1;
-- error:
-- open_statement_set.sql:1: a statement set begins here and does not end. Close it with END;
