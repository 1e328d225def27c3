INSERT INTO item_sentiment
SELECT item_id, COUNT(*), AVG(sentiment(content))
-- lint: ignore time-of-run: this case is about another rule
FROM TUMBLE(TABLE comments, DESCRIPTOR(processing_time), INTERVAL '1' MINUTE)
GROUP BY item_id, window_start, window_end
ON CONFLICT DO DEDUPLICATE;
