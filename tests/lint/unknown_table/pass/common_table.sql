INSERT INTO item_sentiment
WITH good AS (SELECT item_id, score FROM scored_comments WHERE score > 0.5)
SELECT item_id, 1, score FROM good
ON CONFLICT DO DEDUPLICATE;
