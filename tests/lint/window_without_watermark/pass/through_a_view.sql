-- file: catalog/views/late_comments.sql
CREATE VIEW late_comments AS SELECT item_id, event_time AS happened FROM comments WHERE stars > 1;
-- file: sql/comments/item_sentiment.sql
INSERT INTO item_sentiment
SELECT item_id, COUNT(*), 1
FROM CUMULATE(TABLE late_comments, DESCRIPTOR(happened), INTERVAL '1' MINUTE, INTERVAL '1' HOUR)
GROUP BY item_id, window_start, window_end
ON CONFLICT DO DEDUPLICATE;
