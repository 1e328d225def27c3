CREATE TABLE clicks (
    payload    STRING,
    arrived    TIMESTAMP_LTZ(3) METADATA FROM 'timestamp' VIRTUAL,
    event_time AS COALESCE(TO_TIMESTAMP_LTZ(CAST(JSON_VALUE(payload, '$.ts') AS BIGINT), 3), arrived),
    WATERMARK FOR event_time AS event_time
) WITH ('connector' = 'kafka', 'topic' = 'clicks', 'format' = 'raw', 'properties.bootstrap.servers' = 'localhost:9092');
