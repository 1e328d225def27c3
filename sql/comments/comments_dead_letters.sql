-- What some feature had to leave out: unreadable messages, texts the model cannot take, comments behind the watermark.
INSERT INTO comments_dead_letters
SELECT
    payload,
    MAP[
        'reason', ENCODE(COALESCE(reject_reason, CASE WHEN status <> 'ok' THEN status ELSE 'late' END), 'UTF-8'),
        'model_version', ENCODE(COALESCE(model_version, ''), 'UTF-8'),
        'partition', ENCODE(CAST(kafka_partition AS STRING), 'UTF-8'),
        'offset', ENCODE(CAST(kafka_offset AS STRING), 'UTF-8')
    ]
FROM scored_comments
WHERE reject_reason IS NOT NULL OR status <> 'ok' OR late;
