INSERT INTO item_sentiment
SELECT item_id, 1, score FROM scored_comments WHERE item_id = "i1"
ON CONFLICT DO DEDUPLICATE;
