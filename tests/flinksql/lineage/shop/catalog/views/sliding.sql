CREATE VIEW sliding AS
SELECT window_end, COUNT(DISTINCT customer) AS customers, COUNT(*) FILTER (WHERE price > 100) AS dear
FROM HOP(TABLE star, DESCRIPTOR(event_time), INTERVAL '1' MINUTE, INTERVAL '5' MINUTES)
GROUP BY window_start, window_end;
