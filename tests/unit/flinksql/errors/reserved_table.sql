SELECT order.id FROM order;
-- error:
-- reserved_table.sql:1:8: `order` is a reserved word in Flink: write `order` in backquotes
--   1 | SELECT order.id FROM order
--     |        ^^^^^
