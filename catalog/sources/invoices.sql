-- Documents as they are handed in: one JSON object a message,
--   {"document_id": "d1", "order_id": "o7", "image": "https://…/d1.jpg", "ts": 1793400000000}
-- `image` is where the picture or PDF is: a URI (https:, s3:, file:), or the document itself, data:image/jpeg;base64,… .
-- `ts` is when it was handed in, in milliseconds since 1970. The payload is kept as it came, so that a message which
-- cannot be used can be kept too.
CREATE TABLE invoices (
    payload         STRING,
    kafka_partition INT METADATA FROM 'partition' VIRTUAL,
    kafka_offset    BIGINT METADATA FROM 'offset' VIRTUAL,
    kafka_time      TIMESTAMP_LTZ(3) METADATA FROM 'timestamp' VIRTUAL,
    -- The message without its document: Flink parses JSON anew for each JSON_VALUE, and of a picture that costs milliseconds.
    -- (A computed column cannot name another one, hence it again below.)
    message AS REGEXP_REPLACE(payload, '"data:[^",]*;base64,[-\w+/=\\]*"', '""'),
    -- A missing or absurd time counts as 1970, as in comments.sql.
    event_time AS COALESCE(
        CASE
            WHEN TRY_CAST(JSON_VALUE(REGEXP_REPLACE(payload, '"data:[^",]*;base64,[-\w+/=\\]*"', '""'), '$.ts') AS BIGINT)
                    BETWEEN 0 AND 4102444800000
                AND TO_TIMESTAMP_LTZ(TRY_CAST(JSON_VALUE(
                    REGEXP_REPLACE(payload, '"data:[^",]*;base64,[-\w+/=\\]*"', '""'), '$.ts') AS BIGINT), 3)
                    < kafka_time + INTERVAL '1' DAY
            THEN TO_TIMESTAMP_LTZ(TRY_CAST(JSON_VALUE(
                REGEXP_REPLACE(payload, '"data:[^",]*;base64,[-\w+/=\\]*"', '""'), '$.ts') AS BIGINT), 3)
        END,
        TO_TIMESTAMP_LTZ(0, 3)
    ),
    WATERMARK FOR event_time AS event_time - INTERVAL '5' SECOND
) WITH (
    'connector' = 'kafka',
    'topic' = 'invoices',
    'properties.bootstrap.servers' = '${kafka.bootstrap.servers}',
    'properties.group.id' = '${kafka.group.id}',
    'properties.auto.offset.reset' = 'earliest',
    'properties.max.partition.fetch.bytes' = '8388608', -- documents in messages: as much as the topic takes
    'scan.startup.mode' = '${kafka.startup.mode}',
    'scan.startup.timestamp-millis' = '${kafka.startup.timestamp-millis}',
    'scan.watermark.emit.strategy' = 'on-event',
    'format' = 'raw'
);
