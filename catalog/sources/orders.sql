-- Orders: one JSON object a message,
--   {"order_id": "o7", "user_id": "u1", "amount": "1180.00", "ts": 1793400000000}
-- `amount` is what the order comes to, tax included, in yuan. An order that changes is sent again with a later `ts`.
CREATE TABLE orders (
    payload         STRING,
    kafka_partition INT METADATA FROM 'partition' VIRTUAL,
    kafka_offset    BIGINT METADATA FROM 'offset' VIRTUAL,
    kafka_time      TIMESTAMP_LTZ(3) METADATA FROM 'timestamp' VIRTUAL,
    -- A missing or absurd time counts as 1970, as in comments.sql.
    event_time AS COALESCE(
        CASE
            WHEN TRY_CAST(JSON_VALUE(payload, '$.ts') AS BIGINT) BETWEEN 0 AND 4102444800000
                AND TO_TIMESTAMP_LTZ(TRY_CAST(JSON_VALUE(payload, '$.ts') AS BIGINT), 3)
                    < kafka_time + INTERVAL '1' DAY
            THEN TO_TIMESTAMP_LTZ(TRY_CAST(JSON_VALUE(payload, '$.ts') AS BIGINT), 3)
        END,
        TO_TIMESTAMP_LTZ(0, 3)
    ),
    WATERMARK FOR event_time AS event_time - INTERVAL '5' SECOND
) WITH (
    'connector' = 'kafka',
    'topic' = 'orders',
    'properties.bootstrap.servers' = '${kafka.bootstrap.servers}',
    'properties.group.id' = '${kafka.group.id}',
    'properties.auto.offset.reset' = 'earliest',
    'scan.startup.mode' = '${kafka.startup.mode}',
    'scan.startup.timestamp-millis' = '${kafka.startup.timestamp-millis}',
    'scan.watermark.emit.strategy' = 'on-event',
    'format' = 'raw'
);
