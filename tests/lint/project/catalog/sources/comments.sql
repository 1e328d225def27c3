CREATE TABLE comments (
    comment_id STRING,
    user_id STRING,
    item_id STRING,
    content STRING,
    stars INT,
    created_at TIMESTAMP_LTZ(3),
    event_time TIMESTAMP_LTZ(3),
    processing_time AS PROCTIME(),
    WATERMARK FOR event_time AS event_time - INTERVAL '5' SECOND
) WITH (
    'connector' = 'kafka',
    'topic' = 'comments',
    'properties.bootstrap.servers' = 'localhost:9092',
    'scan.startup.mode' = 'earliest-offset',
    'format' = 'json'
);
