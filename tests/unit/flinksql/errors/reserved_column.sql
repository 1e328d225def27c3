CREATE TABLE t (
    id INT,
    value DOUBLE
);
-- error:
-- reserved_column.sql:3:5: `value` is a reserved word in Flink: write `value` in backquotes
--   3 |     value DOUBLE
--     |     ^^^^^
