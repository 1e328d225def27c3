CREATE VIEW window_over_view AS
SELECT w.client, w.clicks, w.window_time AS t FROM TUMBLE((
    SELECT JSON_VALUE(payload, '$.user') AS client, JSON_QUERY(payload, '$.path') AS clicks, event_time FROM clicks
), DESCRIPTOR(event_time), INTERVAL '1' MINUTE) AS w;
