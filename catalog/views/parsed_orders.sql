-- Orders with their fields; `reject_reason` says why one cannot be used at all.
CREATE VIEW parsed_orders AS
SELECT
    payload,
    kafka_partition,
    kafka_offset,
    event_time,
    JSON_VALUE(payload, '$.order_id') AS order_id,
    TRY_CAST(JSON_VALUE(payload, '$.amount') AS DECIMAL(18, 2)) AS amount,
    CASE
        WHEN payload IS NULL OR TRIM(payload) = '' THEN 'empty_message'
        WHEN payload IS NOT JSON OBJECT THEN 'not_json'
        WHEN JSON_VALUE(payload, '$.order_id') IS NULL THEN 'no_order_id'
        WHEN JSON_VALUE(payload, '$.amount') IS NULL THEN 'no_amount'
        WHEN TRY_CAST(JSON_VALUE(payload, '$.amount') AS DECIMAL(18, 2)) IS NULL THEN 'bad_amount'
        WHEN TRY_CAST(JSON_VALUE(payload, '$.ts') AS BIGINT) IS NULL THEN 'no_ts'
        WHEN TRY_CAST(JSON_VALUE(payload, '$.ts') AS BIGINT) NOT BETWEEN 0 AND 4102444800000
            OR TO_TIMESTAMP_LTZ(TRY_CAST(JSON_VALUE(payload, '$.ts') AS BIGINT), 3) >= kafka_time + INTERVAL '1' DAY
        THEN 'absurd_ts'
    END AS reject_reason
FROM orders;
