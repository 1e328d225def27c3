INSERT INTO item_sentiment
SELECT item_id, CASE WHEN sentiment(content) > 0.5 THEN 1 ELSE 0 END, SENTIMENT(content) FROM comments
ON CONFLICT DO DEDUPLICATE;
