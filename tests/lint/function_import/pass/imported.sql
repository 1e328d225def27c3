-- file: catalog/functions/shout.sql
CREATE FUNCTION shout AS 'tests.lint.functions.shout' LANGUAGE PYTHON;
