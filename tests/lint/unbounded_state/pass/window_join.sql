INSERT INTO item_sentiment
SELECT a.item_id, 1, b.score
FROM (SELECT * FROM TUMBLE(TABLE scored_comments, DESCRIPTOR(event_time), INTERVAL '1' MINUTE)) AS a -- lint: ignore select-star: short
JOIN (SELECT * FROM TUMBLE(TABLE scored_comments, DESCRIPTOR(event_time), INTERVAL '1' MINUTE)) AS b -- lint: ignore select-star: short
    ON a.user_id = b.user_id AND a.window_start = b.window_start AND a.window_end = b.window_end
ON CONFLICT DO DEDUPLICATE;
