INSERT INTO item_sentiment
SELECT scored_comments.item_id, 1, score FROM scored_comments AS s
ON CONFLICT DO DEDUPLICATE;
