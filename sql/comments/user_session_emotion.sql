-- Per user and session (30 seconds of silence end it): mean and volatility of the score.
INSERT INTO user_session_emotion
SELECT
    user_id,
    CAST(window_start AS TIMESTAMP_LTZ(3)),
    CAST(window_end AS TIMESTAMP_LTZ(3)),
    COUNT(*),
    AVG(score),
    SQRT(GREATEST(AVG(score * score) - AVG(score) * AVG(score), 0.0E0))
FROM SESSION(TABLE scored_comments PARTITION BY user_id, DESCRIPTOR(event_time), INTERVAL '30' SECOND)
WHERE status = 'ok' AND NOT late
GROUP BY user_id, window_start, window_end
ON CONFLICT DO DEDUPLICATE;
