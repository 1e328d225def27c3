-- Cards with the text of their images: the one pass over the model `ocr`.
CREATE VIEW read_cards AS
SELECT
    payload,
    kafka_partition,
    kafka_offset,
    event_time,
    card_id,
    late,
    reject_reason,
    card.text AS text,
    card.status AS status,
    card.model_version AS ocr_version
FROM (
    SELECT
        payload,
        kafka_partition,
        kafka_offset,
        event_time,
        card_id,
        late,
        reject_reason,
        ocr_detail(CASE WHEN reject_reason IS NULL THEN image END) AS card
    FROM parsed_cards
);
