INSERT INTO item_sentiment
SELECT item_id, 1, score
FROM scored_comments AS s JOIN items FOR SYSTEM_TIME AS OF s.processing_time AS i ON s.item_id = i.item_id
ON CONFLICT DO DEDUPLICATE;
