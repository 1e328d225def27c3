-- What cannot be checked: unreadable messages, and images that cannot be used.
INSERT INTO invoices_dead_letters
SELECT
    payload,
    MAP[
        'reason', ENCODE(COALESCE(reject_reason, status), 'UTF-8'),
        'model_version', ENCODE(COALESCE(model_version, ''), 'UTF-8'),
        'partition', ENCODE(CAST(kafka_partition AS STRING), 'UTF-8'),
        'offset', ENCODE(CAST(kafka_offset AS STRING), 'UTF-8')
    ]
FROM read_invoices
WHERE reject_reason IS NOT NULL OR status NOT IN ('ok', 'doubtful');
