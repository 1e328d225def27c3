CREATE VIEW converted AS
SELECT o.order_id, o.price * r.rate AS euros
FROM orders AS o
LEFT JOIN rates FOR SYSTEM_TIME AS OF o.event_time AS r ON o.address.city = r.city;
