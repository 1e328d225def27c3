CREATE VIEW of_one_place AS
SELECT a.order_id AS this_id, b.order_id AS that_id, a.price - b.price AS difference
FROM orders AS a JOIN orders AS b ON a.customer = b.customer AND a.order_id < b.order_id;
