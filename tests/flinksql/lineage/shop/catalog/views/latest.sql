CREATE VIEW latest AS SELECT order_id, price FROM orders ORDER BY ts DESC, arrived LIMIT 10;
