CREATE VIEW scored_comments AS
SELECT comment_id, user_id, item_id, event_time, processing_time, sentiment(content) AS score
FROM comments;
