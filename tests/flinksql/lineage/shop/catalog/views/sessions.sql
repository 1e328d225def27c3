CREATE VIEW sessions AS
SELECT JSON_VALUE(payload, '$.user') AS client, window_start, window_end, COUNT(*) AS clicks
FROM SESSION(
    DATA => TABLE clicks PARTITION BY payload,
    TIMECOL => DESCRIPTOR(event_time),
    GAP => INTERVAL '30' SECOND
)
GROUP BY payload, window_start, window_end;
