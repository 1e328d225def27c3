-- file: catalog/views/categories.sql
CREATE VIEW categories AS
SELECT s.item_id AS item_id, s.score AS score, i.category AS category
FROM scored_comments AS s JOIN items FOR SYSTEM_TIME AS OF s.processing_time AS i ON s.item_id = i.item_id;
-- file: sql/comments/alerts.sql
INSERT INTO alerts SELECT category, CAST(1 AS BIGINT) FROM categories WHERE score < 0.1;
-- file: sql/comments/item_sentiment.sql
INSERT INTO item_sentiment SELECT item_id, 1, score FROM categories ON CONFLICT DO DEDUPLICATE;
-- file: tests/sql/comments/one_window/expected/alerts.jsonl
{"item_id": "i1", "comments": 1}
