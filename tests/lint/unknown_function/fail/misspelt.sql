INSERT INTO item_sentiment
SELECT item_id, 1, sentimant(content) FROM comments
ON CONFLICT DO DEDUPLICATE;
