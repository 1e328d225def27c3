INSERT INTO s SELECT a FROM t ON CONFLICT DO UPDATE;
-- error:
-- conflict.sql:1:46: Expected DEDUPLICATE or NOTHING or ERROR, found the reserved word `UPDATE`
--   1 | INSERT INTO s SELECT a FROM t ON CONFLICT DO UPDATE
--     |                                              ^^^^^^
