INSERT INTO item_sentiment
SELECT item_id, CASE WHEN score > 0.5 THEN 1 ELSE 0 END, score FROM scored_comments
ON CONFLICT DO DEDUPLICATE;
