INSERT INTO item_sentiment SELECT item_id, 1, score FROM scored_comments ORDER BY score ON CONFLICT DO DEDUPLICATE;
