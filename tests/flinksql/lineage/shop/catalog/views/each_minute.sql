CREATE VIEW each_minute AS
SELECT window_start AS since, window_end, item, COUNT(*) AS orders, SUM(total) AS total, MIN(window_time) AS t
FROM TUMBLE(TABLE orders, DESCRIPTOR(event_time), INTERVAL '1' MINUTE)
WHERE quantity > 0
GROUP BY window_start, window_end, item
HAVING SUM(price) > 10;
