INSERT INTO item_sentiment
WITH hours AS (SELECT item_id, COALESCE(event_time, created_at) AS at_time FROM comments)
SELECT item_id, COUNT(*), 1
FROM TUMBLE(TABLE hours, DESCRIPTOR(at_time), INTERVAL '1' MINUTE)
GROUP BY item_id, window_start, window_end
ON CONFLICT DO DEDUPLICATE;
