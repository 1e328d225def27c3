-- file: sql/comments/_settings.sql
SET 'table.exec.state.ttl' = '1 d';
-- file: sql/comments/alerts.sql
INSERT INTO alerts
SELECT item_id, CAST(1 AS BIGINT)
FROM (
    SELECT item_id, ROW_NUMBER() OVER (PARTITION BY item_id ORDER BY processing_time) AS place FROM scored_comments
)
WHERE place = 1;
-- file: tests/sql/comments/one_window/expected/alerts.jsonl
{"item_id": "i1", "comments": 1}
