-- Comments with their fields; `reject_reason` says why one cannot be used at all.
CREATE VIEW parsed_comments AS
SELECT
    payload,
    kafka_partition,
    kafka_offset,
    kafka_time,
    event_time,
    JSON_VALUE(payload, '$.comment_id') AS comment_id,
    JSON_VALUE(payload, '$.user_id') AS user_id,
    JSON_VALUE(payload, '$.item_id') AS item_id,
    JSON_VALUE(payload, '$.content') AS content,
    -- Behind the watermark: its windows may be closed. It is scored, but no window counts it.
    COALESCE(event_time <= CURRENT_WATERMARK(event_time), FALSE) AS late,
    CASE
        WHEN payload IS NULL OR TRIM(payload) = '' THEN 'empty_message'
        WHEN payload IS NOT JSON OBJECT THEN 'not_json'
        WHEN JSON_VALUE(payload, '$.comment_id') IS NULL THEN 'no_comment_id'
        WHEN JSON_VALUE(payload, '$.user_id') IS NULL THEN 'no_user_id'
        WHEN JSON_VALUE(payload, '$.item_id') IS NULL THEN 'no_item_id'
        WHEN JSON_VALUE(payload, '$.content') IS NULL THEN 'no_content'
        WHEN TRY_CAST(JSON_VALUE(payload, '$.ts') AS BIGINT) IS NULL THEN 'no_ts'
        WHEN TRY_CAST(JSON_VALUE(payload, '$.ts') AS BIGINT) NOT BETWEEN 0 AND 4102444800000
            OR TO_TIMESTAMP_LTZ(TRY_CAST(JSON_VALUE(payload, '$.ts') AS BIGINT), 3) >= kafka_time + INTERVAL '1' DAY
        THEN 'absurd_ts'
    END AS reject_reason
FROM comments;
