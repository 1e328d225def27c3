-- One row a comment.
INSERT INTO item_sentiment
SELECT item_id, COUNT(*) OVER last_hour, AVG(score) OVER last_hour
FROM scored_comments
WINDOW last_hour AS (
    PARTITION BY item_id ORDER BY event_time RANGE BETWEEN INTERVAL '1' HOUR PRECEDING AND CURRENT ROW
) -- the last hour
;
