-- Comments as they come: one JSON object a message,
--   {"comment_id": "c1", "user_id": "u7", "item_id": "i42", "content": "很好吃", "ts": 1793400000000}
-- `ts` is when it was written, in milliseconds since 1970. The payload is kept as it came, so that a message which
-- cannot be read can be kept too.
CREATE TABLE comments (
    payload         STRING,
    -- What a session asks first: SELECT sentiment(`comment`) FROM comments. Features read parsed_comments.
    `comment` AS JSON_VALUE(payload, '$.content'),
    kafka_partition INT METADATA FROM 'partition' VIRTUAL,
    kafka_offset    BIGINT METADATA FROM 'offset' VIRTUAL,
    kafka_time      TIMESTAMP_LTZ(3) METADATA FROM 'timestamp' VIRTUAL,
    -- A missing or absurd time must neither fail the job (NULL) nor carry the watermark away, after which every comment
    -- would be late: it counts as 1970. Clocks and time zones are wrong by less than a day, wrong units by more.
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
    'topic' = 'comments',
    'properties.bootstrap.servers' = '${kafka.bootstrap.servers}',
    -- A session reads from the beginning, a deployed job from where it was, in a consumer group of its own.
    'properties.group.id' = '${kafka.group.id}',
    'properties.auto.offset.reset' = 'earliest',
    'scan.startup.mode' = '${kafka.startup.mode}',
    'scan.startup.timestamp-millis' = '${kafka.startup.timestamp-millis}', -- a deployment may replay from a time
    -- With each message, not every 200 ms: which comments are late depends on their order, and hardly (by a bundle to the
    -- Python worker) on how fast they are read.
    'scan.watermark.emit.strategy' = 'on-event',
    'format' = 'raw'
);
