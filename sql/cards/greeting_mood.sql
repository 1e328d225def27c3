-- Per hour: how many cards, their mean score, the shares of happy and unhappy ones.
INSERT INTO greeting_mood
SELECT
    DATE_FORMAT(window_start, 'yyyy-MM-dd''T''HH'),
    CAST(window_start AS TIMESTAMP_LTZ(3)),
    CAST(window_end AS TIMESTAMP_LTZ(3)),
    COUNT(*),
    AVG(score),
    AVG(CASE WHEN label = 'positive' THEN 1.0E0 ELSE 0.0E0 END),
    AVG(CASE WHEN label = 'negative' THEN 1.0E0 ELSE 0.0E0 END)
FROM TUMBLE(TABLE scored_cards, DESCRIPTOR(event_time), INTERVAL '1' HOUR)
WHERE reason IS NULL
GROUP BY window_start, window_end
ON CONFLICT DO DEDUPLICATE;
