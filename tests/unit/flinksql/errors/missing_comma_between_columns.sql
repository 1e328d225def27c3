CREATE TABLE t (
    id INT
    name STRING
);
-- error:
-- missing_comma_between_columns.sql:3:5: Expected a comma or ), found `name`
--   3 |     name STRING
--     |     ^^^^
