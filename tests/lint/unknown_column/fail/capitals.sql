INSERT INTO item_sentiment
SELECT item_id, 1, s.Score FROM scored_comments AS s
ON CONFLICT DO DEDUPLICATE;
