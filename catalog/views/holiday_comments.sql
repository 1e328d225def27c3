-- Comments with at least one holiday topic, each once, however many it has.
-- Topics are looked up as they are now, and hold by when the comment was written: history that is read again has the
-- topics of its own days. With the lookup, and not with a join of two streams, no comment is kept in state.
-- A job can have one feature on this view and those above it: Flink 2.3 does not plan a lookup that two INSERTs share.
CREATE VIEW holiday_comments AS
SELECT event_time, comment_id, user_id, item_id, content, late, calendar, processing_time
FROM (
    SELECT
        comments.event_time AS event_time,
        comments.comment_id AS comment_id,
        comments.user_id AS user_id,
        comments.item_id AS item_id,
        comments.content AS content,
        comments.late AS late,
        comments.calendar AS calendar,
        comments.processing_time AS processing_time,
        -- A comment's topics come one after the other: the first lets it in, the others find it there.
        ROW_NUMBER() OVER (
            PARTITION BY comments.kafka_partition, comments.kafka_offset ORDER BY comments.processing_time
        ) AS nth
    FROM (
        SELECT
            kafka_partition,
            kafka_offset,
            event_time,
            comment_id,
            user_id,
            item_id,
            content,
            late,
            -- A lookup needs a column to join by, and the planner would see through a bare 'cn'.
            CASE WHEN content IS NOT NULL THEN 'cn' END AS calendar, -- unreached: a comment that is not rejected has content
            PROCTIME() AS processing_time
        FROM parsed_comments
        WHERE reject_reason IS NULL
    ) AS comments
    JOIN holiday_topics FOR SYSTEM_TIME AS OF comments.processing_time AS topics
        ON topics.calendar = comments.calendar
        AND REGEXP(comments.content, topics.words_pattern)
        AND (topics.active_from IS NULL OR topics.active_from <= comments.event_time)
        AND (topics.active_until IS NULL OR topics.active_until > comments.event_time)
)
WHERE nth = 1;
