CREATE VIEW subqueries AS
SELECT order_id, (SELECT MAX(cost) FROM items WHERE category = 'a') AS most
FROM orders
WHERE item IN (SELECT item FROM items WHERE cost > 1) AND customer NOT IN (SELECT city FROM rates);
