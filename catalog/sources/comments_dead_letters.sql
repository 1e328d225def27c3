-- Comments that some feature had to leave out, as they came, with the reason and the place in the topic `comments`.
-- After a fault a letter may come twice: the place tells.
CREATE TABLE comments_dead_letters (
    reason          STRING,
    payload         STRING,
    kafka_partition INT,
    kafka_offset    BIGINT,
    kafka_time      TIMESTAMP_LTZ(3),
    model_version   STRING
) WITH (
    'connector' = 'kafka',
    'topic' = 'comments_dead_letters',
    'properties.bootstrap.servers' = '${kafka.bootstrap.servers}',
    'properties.group.id' = 'headrace-comments-dead-letters',
    'properties.auto.offset.reset' = 'earliest',
    'scan.startup.mode' = 'earliest-offset',
    'sink.delivery-guarantee' = 'at-least-once',
    'format' = 'json',
    'json.timestamp-format.standard' = 'ISO-8601'
);
