-- Per holiday topic and hour, renewed each minute: how many comments, their mean score, the shares of the labels.
-- A topic's holiday and kind may change within the hour: the row has one of each.
INSERT INTO holiday_topic_sentiment
SELECT
    topic,
    DATE_FORMAT(window_start, 'yyyy-MM-dd''T''HH'),
    MAX(holiday),
    MAX(kind),
    CAST(window_start AS TIMESTAMP_LTZ(3)),
    CAST(window_end AS TIMESTAMP_LTZ(3)),
    COUNT(*),
    AVG(score),
    AVG(CASE WHEN label = 'positive' THEN 1.0E0 ELSE 0.0E0 END),
    AVG(CASE WHEN label = 'negative' THEN 1.0E0 ELSE 0.0E0 END)
FROM CUMULATE(TABLE holiday_topic_comments, DESCRIPTOR(event_time), INTERVAL '1' MINUTE, INTERVAL '1' HOUR)
WHERE status = 'ok' AND NOT late
GROUP BY topic, window_start, window_end
ON CONFLICT DO DEDUPLICATE;
