-- file: catalog/sources/alerts.sql
CREATE TABLE alerts (item_id STRING, score DOUBLE) WITH ('connector' = 'blackhole');
-- file: sql/comments/alerts.sql
INSERT INTO alerts SELECT item_id, sentiment(content) FROM comments WHERE stars < 2;
-- file: sql/comments/item_sentiment.sql
INSERT INTO item_sentiment
SELECT item_id, 1, sentiment(content) FROM comments
ON CONFLICT DO DEDUPLICATE;
-- file: tests/sql/comments/one_window/expected/alerts.jsonl
{"item_id": "i1", "score": 0.5}
