-- Each holiday topic of each comment, with the comment's sentiment.
CREATE VIEW holiday_topic_comments AS
SELECT
    topics.topic AS topic,
    topics.holiday AS holiday,
    topics.kind AS kind,
    comments.event_time AS event_time,
    comments.comment_id AS comment_id,
    comments.user_id AS user_id,
    comments.item_id AS item_id,
    comments.late AS late,
    comments.label AS label,
    comments.score AS score,
    comments.model_version AS model_version,
    comments.status AS status
FROM scored_holiday_comments AS comments
-- unreached: the first lookup found a topic, and a case's topics do not change between the two
JOIN holiday_topics FOR SYSTEM_TIME AS OF comments.processing_time AS topics
    ON topics.calendar = comments.calendar
    AND REGEXP(comments.content, topics.words_pattern)
    AND (topics.active_from IS NULL OR topics.active_from <= comments.event_time)
    AND (topics.active_until IS NULL OR topics.active_until > comments.event_time);
