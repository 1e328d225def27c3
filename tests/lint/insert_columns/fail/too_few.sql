INSERT INTO item_sentiment
SELECT item_id, score FROM scored_comments
ON CONFLICT DO DEDUPLICATE;
