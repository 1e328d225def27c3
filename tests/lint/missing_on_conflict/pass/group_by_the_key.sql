-- file: sql/comments/_settings.sql
SET 'table.exec.state.ttl' = '1 d';
-- file: sql/comments/item_sentiment.sql
INSERT INTO item_sentiment
SELECT item_id, COUNT(*), AVG(score) FROM scored_comments GROUP BY item_id;
