INSERT INTO item_sentiment
SELECT o.item_id, 1, score FROM scored_comments AS s JOIN orders AS o ON s.item_id = o.item_id
ON CONFLICT DO DEDUPLICATE;
