-- file: catalog/sources/alerts.sql
CREATE TABLE alerts (item_id STRING, score DOUBLE) WITH ('connector' = 'blackhole');
-- file: sql/watch/alerts.sql
INSERT INTO alerts SELECT item_id, sentiment(content) FROM comments WHERE stars < 2;
-- file: tests/sql/watch/one/expected/alerts.jsonl
{"item_id": "i1", "score": 0.5}
