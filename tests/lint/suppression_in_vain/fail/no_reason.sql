INSERT INTO item_sentiment
SELECT item_id, 1, RAND() FROM scored_comments -- lint: ignore time-of-run
ON CONFLICT DO DEDUPLICATE;
