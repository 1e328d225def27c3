CREATE VIEW session_rows AS
SELECT order_id, window_start AS since
FROM SESSION(TABLE orders PARTITION BY customer, DESCRIPTOR(event_time), INTERVAL '5' MINUTE);
