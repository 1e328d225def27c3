INSERT INTO item_sentiment
SELECT item_id, DATEDIFF(event_time, created_at), 0.5 FROM comments
ON CONFLICT DO DEDUPLICATE;
