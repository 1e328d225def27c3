-- Per item and minute: how many comments, their mean score, the share of negative ones.
INSERT INTO item_sentiment
SELECT
    item_id,
    CAST(window_start AS TIMESTAMP_LTZ(3)),
    CAST(window_end AS TIMESTAMP_LTZ(3)),
    COUNT(*),
    AVG(score),
    AVG(CASE WHEN label = 'negative' THEN 1.0E0 ELSE 0.0E0 END)
FROM TUMBLE(TABLE scored_comments, DESCRIPTOR(event_time), INTERVAL '1' MINUTE)
WHERE status = 'ok' AND NOT late
GROUP BY item_id, window_start, window_end
ON CONFLICT DO DEDUPLICATE;
