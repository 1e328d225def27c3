INSERT INTO item_sentiment
SELECT item_id, COUNT(*), AVG(score)
-- lint: ignore time-of-run: this case is about another rule
FROM TUMBLE(TABLE scored_comments, DESCRIPTOR(processing_time), INTERVAL '1' MINUTE)
GROUP BY item_id, window_start, window_end
ON CONFLICT DO DEDUPLICATE;
