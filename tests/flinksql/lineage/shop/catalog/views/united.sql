CREATE VIEW united AS
SELECT order_id AS id, CAST(price AS DOUBLE) AS amount FROM orders WHERE quantity > 1
UNION ALL
SELECT JSON_VALUE(payload, '$.id'), 0.0E0 FROM clicks;
