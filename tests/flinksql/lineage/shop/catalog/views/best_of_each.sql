CREATE VIEW best_of_each AS
SELECT i.category, best.order_id, best.price
FROM items AS i, LATERAL (SELECT order_id, price FROM orders AS o WHERE o.item = i.item ORDER BY price DESC LIMIT 2) AS best;
