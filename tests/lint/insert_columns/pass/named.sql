INSERT INTO item_sentiment (item_id, mean_score)
SELECT item_id, score FROM scored_comments
ON CONFLICT DO DEDUPLICATE;
