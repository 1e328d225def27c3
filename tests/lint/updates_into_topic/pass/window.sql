-- file: sql/comments/alerts.sql
INSERT INTO alerts
SELECT item_id, COUNT(*)
FROM TUMBLE(TABLE scored_comments, DESCRIPTOR(event_time), INTERVAL '1' MINUTE)
GROUP BY item_id, window_start, window_end;
-- file: tests/sql/comments/one_window/expected/alerts.jsonl
{"item_id": "i1", "comments": 1}
