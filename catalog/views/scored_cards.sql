-- Cards with text and sentiment. `reason` says why a card is left out of the mood: its message or image cannot be used, it
-- has no text, or sentiment has no answer; NULL where it counts.
CREATE VIEW scored_cards AS
SELECT
    payload,
    kafka_partition,
    kafka_offset,
    event_time,
    card_id,
    late,
    text,
    sentiment.label AS label,
    sentiment.score AS score,
    ocr_version,
    sentiment.model_version AS sentiment_version,
    COALESCE(
        reject_reason,
        NULLIF(status, 'ok'),
        NULLIF(sentiment.status, 'ok'),
        CASE WHEN late THEN 'late' END
    ) AS reason
FROM (
    SELECT
        payload,
        kafka_partition,
        kafka_offset,
        event_time,
        card_id,
        late,
        reject_reason,
        text,
        status,
        ocr_version,
        sentiment_detail(CASE WHEN status = 'ok' THEN text END, card_id) AS sentiment
    FROM read_cards
);
