INSERT INTO item_sentiment
SELECT item_id, 1, score
FROM (
    SELECT item_id, score, ROW_NUMBER() OVER (PARTITION BY item_id ORDER BY event_time DESC) AS place
    FROM scored_comments
)
WHERE place = 1;
