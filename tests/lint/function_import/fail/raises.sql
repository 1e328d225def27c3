-- file: catalog/functions/sentiment.sql
CREATE FUNCTION sentiment AS 'lint_case_that_exits.sentiment' LANGUAGE PYTHON;
-- file: lint_case_that_exits.py
raise SystemExit("no")
