-- file: catalog/functions/shout.sql
CREATE FUNCTION shout AS 'tests.lint.functions.shout' LANGUAGE PYTHON;
-- file: catalog/sources/shouts.sql
CREATE TABLE shouts (word STRING) WITH ('connector' = 'blackhole');
-- file: sql/shouts/shouts.sql
INSERT INTO shouts SELECT shout('太差了');
-- file: tests/sql/shouts/one/expected/shouts.jsonl
{"word": "太差了"}
