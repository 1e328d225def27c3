INSERT INTO item_sentiment
SELECT a.item_id, 1, b.score
FROM scored_comments AS a JOIN scored_comments AS b ON a.comment_id = b.comment_id
ON CONFLICT DO DEDUPLICATE;
