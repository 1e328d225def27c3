CREATE VIEW first_orders AS
SELECT order_id, customer, arrived FROM (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY customer ORDER BY processing_time) AS nth FROM orders
) WHERE nth = 1;
