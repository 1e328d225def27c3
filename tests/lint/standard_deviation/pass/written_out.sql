INSERT INTO item_sentiment
SELECT item_id, COUNT(*), SQRT(GREATEST(AVG(score * score) - AVG(score) * AVG(score), 0.0E0))
FROM TUMBLE(TABLE scored_comments, DESCRIPTOR(event_time), INTERVAL '1' MINUTE)
GROUP BY item_id, window_start, window_end
ON CONFLICT DO DEDUPLICATE;
