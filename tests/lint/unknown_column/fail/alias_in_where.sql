INSERT INTO item_sentiment
SELECT item_id, 1, score * 2 AS doubled FROM scored_comments WHERE doubled > 1
ON CONFLICT DO DEDUPLICATE;
