CREATE TABLE t (
    id INT,
    name STRING,
);
-- error:
-- trailing_comma_of_columns.sql:4:1: Nothing stands between the comma and `)`: take the comma away
--   4 | )
--     | ^
