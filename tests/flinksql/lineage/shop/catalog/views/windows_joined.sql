CREATE VIEW windows_joined AS
SELECT l.item, l.total, r.n
FROM (
    SELECT item, SUM(total) AS total, window_start, window_end
    FROM TUMBLE(TABLE orders, DESCRIPTOR(event_time), INTERVAL '5' MINUTE) GROUP BY item, window_start, window_end
) AS l
JOIN (
    SELECT JSON_VALUE(payload, '$.item') AS item, COUNT(*) AS n, window_start, window_end
    FROM TUMBLE(TABLE clicks, DESCRIPTOR(event_time), INTERVAL '5' MINUTE)
    GROUP BY JSON_VALUE(payload, '$.item'), window_start, window_end
) AS r ON l.item = r.item AND l.window_start = r.window_start AND l.window_end = r.window_end;
