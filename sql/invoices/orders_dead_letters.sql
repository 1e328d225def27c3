-- Orders that cannot be read.
INSERT INTO orders_dead_letters
SELECT
    payload,
    MAP[
        'reason', ENCODE(reject_reason, 'UTF-8'),
        'partition', ENCODE(CAST(kafka_partition AS STRING), 'UTF-8'),
        'offset', ENCODE(CAST(kafka_offset AS STRING), 'UTF-8')
    ]
FROM parsed_orders
WHERE reject_reason IS NOT NULL;
