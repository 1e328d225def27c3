CREATE TABLE orders (
    order_id   STRING,
    customer   STRING,
    item       STRING,
    price      DECIMAL(10, 2),
    quantity   INT,
    tags       ARRAY<STRING>,
    address    ROW<city STRING, zip STRING>,
    attributes MAP<STRING, STRING>,
    ts         BIGINT,
    arrived    TIMESTAMP_LTZ(3) METADATA FROM 'timestamp' VIRTUAL,
    `offset`   BIGINT METADATA VIRTUAL,
    total           AS price * quantity,
    event_time      AS TO_TIMESTAMP_LTZ(ts, 3),
    processing_time AS PROCTIME(),
    WATERMARK FOR event_time AS event_time - INTERVAL '5' SECOND
) WITH ('connector' = 'kafka', 'topic' = 'shop.orders', 'format' = 'json',
    'properties.bootstrap.servers' = 'localhost:9092');
