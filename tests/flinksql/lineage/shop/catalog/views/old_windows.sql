CREATE VIEW old_windows AS
SELECT customer, TUMBLE_START(event_time, INTERVAL '1' HOUR) AS since, AVG(price) AS mean
FROM orders
GROUP BY customer, TUMBLE(event_time, INTERVAL '1' HOUR);
