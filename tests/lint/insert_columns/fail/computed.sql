-- file: catalog/sources/alerts.sql
CREATE TABLE alerts (
    item_id STRING,
    comments BIGINT,
    many AS comments > 10,
    kafka_time TIMESTAMP_LTZ(3) METADATA FROM 'timestamp' VIRTUAL
) WITH ('connector' = 'kafka', 'topic' = 'alerts', 'properties.bootstrap.servers' = 'localhost:9092', 'format' = 'json');
-- file: sql/comments/alerts.sql
INSERT INTO alerts SELECT item_id, CAST(1 AS BIGINT), TRUE FROM scored_comments;
-- file: tests/sql/comments/one_window/expected/alerts.jsonl
{"item_id": "i1", "comments": 1}
