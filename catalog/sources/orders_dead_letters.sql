-- Orders that cannot be read: the message as it came, byte for byte; in the record's headers the reason, and the place in
-- `orders`.
CREATE TABLE orders_dead_letters (
    payload STRING,
    headers MAP<STRING, BYTES> METADATA,
    reason           AS DECODE(headers['reason'], 'UTF-8'),
    source_partition AS CAST(DECODE(headers['partition'], 'UTF-8') AS INT),
    source_offset    AS CAST(DECODE(headers['offset'], 'UTF-8') AS BIGINT)
) WITH (
    'connector' = 'kafka',
    'topic' = 'orders_dead_letters',
    'properties.bootstrap.servers' = '${kafka.bootstrap.servers}',
    'scan.startup.mode' = 'earliest-offset',
    'sink.delivery-guarantee' = 'at-least-once',
    'format' = 'raw'
);
