INSERT INTO item_sentiment
SELECT item_id, 1, DATE_TRUNC(content) FROM comments
ON CONFLICT DO DEDUPLICATE;
