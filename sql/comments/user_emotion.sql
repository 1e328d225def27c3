-- Per user, at each comment: mean and volatility of the score over the last 5 minutes.
-- Volatility is the population's standard deviation, written out: Flink 2.3 cannot run STDDEV_POP in a compiled plan.
-- Rounding may take the variance of equal scores below zero, hence GREATEST.
INSERT INTO user_emotion
SELECT
    user_id,
    COUNT(*) OVER last_minutes,
    AVG(score) OVER last_minutes,
    SQRT(GREATEST(
        AVG(score * score) OVER last_minutes - AVG(score) OVER last_minutes * AVG(score) OVER last_minutes, 0.0E0
    )),
    event_time
FROM scored_comments
WHERE status = 'ok' AND NOT late
WINDOW last_minutes AS (
    PARTITION BY user_id ORDER BY event_time RANGE BETWEEN INTERVAL '5' MINUTE PRECEDING AND CURRENT ROW
)
ON CONFLICT DO DEDUPLICATE;
