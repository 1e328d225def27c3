INSERT INTO item_sentiment
SELECT item_id, 1, score FROM scored_comments WHERE event_time > CURRENT_TIMESTAMP - INTERVAL '1' DAY AND RAND() < 0.1
ON CONFLICT DO DEDUPLICATE;
