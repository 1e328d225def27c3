INSERT INTO item_sentiment
SELECT UPPER(item_id), COUNT(*), MAX(score) + 1
FROM TUMBLE(TABLE scored_comments, DESCRIPTOR(event_time), INTERVAL '1' MINUTE)
GROUP BY UPPER(item_id), window_start, window_end
ON CONFLICT DO DEDUPLICATE;
