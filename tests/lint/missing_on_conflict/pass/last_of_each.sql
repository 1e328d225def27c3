-- file: sql/comments/_settings.sql
SET 'table.exec.state.ttl' = '1 d';
-- file: sql/comments/item_sentiment.sql
INSERT INTO item_sentiment
SELECT item_id, 1, score
FROM (
    SELECT item_id, score, ROW_NUMBER() OVER (PARTITION BY item_id ORDER BY event_time DESC) AS place
    FROM scored_comments
)
WHERE place = 1;
