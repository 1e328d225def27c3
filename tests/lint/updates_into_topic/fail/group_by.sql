-- file: sql/comments/_settings.sql
SET 'table.exec.state.ttl' = '1 d';
-- file: sql/comments/alerts.sql
INSERT INTO alerts SELECT item_id, COUNT(*) FROM scored_comments GROUP BY item_id;
-- file: tests/sql/comments/one_window/expected/alerts.jsonl
{"item_id": "i1", "comments": 1}
