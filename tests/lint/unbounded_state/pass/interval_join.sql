INSERT INTO item_sentiment
SELECT a.item_id, 1, b.score
FROM scored_comments AS a JOIN scored_comments AS b
    ON a.user_id = b.user_id AND b.event_time BETWEEN a.event_time AND a.event_time + INTERVAL '1' HOUR
ON CONFLICT DO DEDUPLICATE;
