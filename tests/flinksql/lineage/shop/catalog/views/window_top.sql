CREATE VIEW window_top AS
SELECT item, total, window_end FROM (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY window_start, window_end ORDER BY total DESC) AS place
    FROM (
        SELECT item, SUM(total) AS total, window_start, window_end
        FROM TUMBLE(TABLE orders, DESCRIPTOR(event_time), INTERVAL '10' MINUTE)
        GROUP BY item, window_start, window_end
    )
) WHERE place <= 3;
