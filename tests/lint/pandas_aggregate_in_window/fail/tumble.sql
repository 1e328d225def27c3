-- file: catalog/functions/mean.sql
CREATE FUNCTION mean AS 'tests.lint.functions.mean' LANGUAGE PYTHON;
-- file: sql/comments/item_sentiment.sql
INSERT INTO item_sentiment
SELECT item_id, COUNT(*), mean(score)
FROM TUMBLE(TABLE scored_comments, DESCRIPTOR(event_time), INTERVAL '1' MINUTE)
GROUP BY item_id, window_start, window_end
ON CONFLICT DO DEDUPLICATE;
