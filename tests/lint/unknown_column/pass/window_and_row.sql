INSERT INTO item_sentiment
SELECT w.item_id, COUNT(*), MAX(w.place.score)
FROM (
    SELECT item_id, window_start, window_end, ROW(score, 1) AS pair, CAST(ROW(score) AS ROW<score DOUBLE>) AS place
    FROM TUMBLE(TABLE scored_comments, DESCRIPTOR(event_time), INTERVAL '1' MINUTE)
) AS w
GROUP BY w.item_id, w.window_start, w.window_end
ON CONFLICT DO DEDUPLICATE;
