INSERT INTO item_sentiment
SELECT item_id, stars, stars FROM comments
ON CONFLICT DO DEDUPLICATE;
