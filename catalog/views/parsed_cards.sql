-- Cards with the fields of their message; `reject_reason` says why one cannot be used at all.
CREATE VIEW parsed_cards AS
SELECT
    payload,
    kafka_partition,
    kafka_offset,
    event_time,
    JSON_VALUE(message, '$.card_id') AS card_id,
    JSON_VALUE(payload, '$.image') AS image,
    -- Behind the watermark: its hour may be closed.
    COALESCE(event_time <= CURRENT_WATERMARK(event_time), FALSE) AS late,
    CASE
        WHEN payload IS NULL OR TRIM(payload) = '' THEN 'empty_message'
        WHEN message IS NOT JSON OBJECT THEN 'not_json'
        WHEN JSON_VALUE(message, '$.card_id') IS NULL THEN 'no_card_id'
        WHEN JSON_VALUE(message, '$.image') IS NULL THEN 'no_image'
        WHEN TRY_CAST(JSON_VALUE(message, '$.ts') AS BIGINT) IS NULL THEN 'no_ts'
        WHEN TRY_CAST(JSON_VALUE(message, '$.ts') AS BIGINT) NOT BETWEEN 0 AND 4102444800000
            OR TO_TIMESTAMP_LTZ(TRY_CAST(JSON_VALUE(message, '$.ts') AS BIGINT), 3) >= kafka_time + INTERVAL '1' DAY
        THEN 'absurd_ts'
    END AS reject_reason
FROM cards;
