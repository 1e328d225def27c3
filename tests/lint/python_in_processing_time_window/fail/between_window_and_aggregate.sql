INSERT INTO item_sentiment
SELECT item_id, COUNT(*), AVG(s)
FROM (
    SELECT item_id, window_start, window_end, sentiment(content) AS s
    -- lint: ignore time-of-run: this case is about another rule
    FROM HOP(TABLE comments, DESCRIPTOR(processing_time), INTERVAL '1' MINUTE, INTERVAL '2' MINUTE)
)
GROUP BY item_id, window_start, window_end
ON CONFLICT DO DEDUPLICATE;
