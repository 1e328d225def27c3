CREATE VIEW window_of_windows AS
SELECT window_end, SUM(total) AS total
FROM TUMBLE((
    SELECT item, SUM(total) AS total, window_start AS since, window_end AS until, window_time AS t
    FROM TUMBLE(TABLE orders, DESCRIPTOR(event_time), INTERVAL '1' MINUTE)
    GROUP BY item, window_start, window_end, window_time
), DESCRIPTOR(t), INTERVAL '1' HOUR)
GROUP BY window_start, window_end;
