-- file: catalog/functions/mean.sql
CREATE FUNCTION mean AS 'tests.lint.functions.mean' LANGUAGE PYTHON;
-- file: sql/comments/item_sentiment.sql
INSERT INTO item_sentiment
SELECT item_id, 1, mean(score)
FROM SESSION(TABLE scored_comments PARTITION BY item_id, DESCRIPTOR(event_time), INTERVAL '1' MINUTE)
GROUP BY item_id, window_start, window_end
ON CONFLICT DO DEDUPLICATE;
