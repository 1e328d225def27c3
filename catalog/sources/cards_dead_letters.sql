-- Cards that the mood leaves out: the message as it came, byte for byte, so that it can be sent again; in the record's
-- headers the reason, and the place in `cards`.
CREATE TABLE cards_dead_letters (
    payload STRING,
    headers MAP<STRING, BYTES> METADATA,
    reason           AS DECODE(headers['reason'], 'UTF-8'),
    model_version    AS DECODE(headers['model_version'], 'UTF-8'),
    source_partition AS CAST(DECODE(headers['partition'], 'UTF-8') AS INT),
    source_offset    AS CAST(DECODE(headers['offset'], 'UTF-8') AS BIGINT)
) WITH (
    'connector' = 'kafka',
    'topic' = 'cards_dead_letters',
    'properties.bootstrap.servers' = '${kafka.bootstrap.servers}',
    -- a document comes back with its message
    'properties.max.request.size' = '8388608',
    'scan.startup.mode' = 'earliest-offset',
    'sink.delivery-guarantee' = 'at-least-once',
    'format' = 'raw'
);
