-- What the mood leaves out: unreadable messages, images that cannot be used or have no text, cards behind the watermark.
INSERT INTO cards_dead_letters
SELECT
    payload,
    MAP[
        'reason', ENCODE(reason, 'UTF-8'),
        'model_version', ENCODE(COALESCE(ocr_version, ''), 'UTF-8'),
        'partition', ENCODE(CAST(kafka_partition AS STRING), 'UTF-8'),
        'offset', ENCODE(CAST(kafka_offset AS STRING), 'UTF-8')
    ]
FROM scored_cards
WHERE reason IS NOT NULL;
