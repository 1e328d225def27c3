-- file: sql/comments/alerts.sql
INSERT INTO alerts SELECT item_id, CAST(1 AS BIGINT) FROM scored_comments WHERE score < 0.1;
INSERT INTO alerts SELECT item_id, CAST(2 AS BIGINT) FROM scored_comments WHERE score < 0.2;
-- file: tests/sql/comments/one_window/expected/alerts.jsonl
{"item_id": "i1", "comments": 1}
