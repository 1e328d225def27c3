-- file: catalog/sources/alerts.sql
CREATE TABLE alerts (item_id STRING, score DOUBLE) WITH ('connector' = 'blackhole');
-- file: sql/comments/alerts.sql
INSERT INTO alerts SELECT item_id, score FROM scored_comments WHERE score < 0.2;
-- file: tests/sql/comments/one_window/expected/alerts.jsonl
{"item_id": "i1", "score": 0.5}
