-- What some feature had to leave out: unreadable messages, texts the model cannot take, comments behind the watermark.
INSERT INTO comments_dead_letters
SELECT
    COALESCE(reject_reason, CASE WHEN status <> 'ok' THEN status ELSE 'late' END),
    payload,
    kafka_partition,
    kafka_offset,
    kafka_time,
    model_version
FROM scored_comments
WHERE reject_reason IS NOT NULL OR status <> 'ok' OR late;
