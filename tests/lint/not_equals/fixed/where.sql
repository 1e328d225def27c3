INSERT INTO item_sentiment
SELECT item_id, 1, score FROM scored_comments WHERE item_id <> 'a' AND user_id <> 'b'
ON CONFLICT DO DEDUPLICATE;
