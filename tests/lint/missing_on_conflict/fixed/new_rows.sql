INSERT INTO item_sentiment SELECT item_id, 1, score FROM scored_comments
ON CONFLICT DO DEDUPLICATE
