INSERT INTO item_sentiment
SELECT item_id, score, 1 FROM scored_comments
ON CONFLICT DO DEDUPLICATE;
