-- Comments with their sentiment: the one pass over the model that all features of `comments` share.
-- A rejected comment goes by the model (NULL in, NULL out). `status` says what became of the text: 'ok', or why the
-- score is the model's neutral default (empty, too_long, undecodable, failed). A user's comments all have one version of
-- the model, also while several serve.
CREATE VIEW scored_comments AS
SELECT
    payload,
    kafka_partition,
    kafka_offset,
    kafka_time,
    event_time,
    comment_id,
    user_id,
    item_id,
    late,
    reject_reason,
    sentiment.label AS label,
    sentiment.score AS score,
    sentiment.confidence AS confidence,
    sentiment.model_version AS model_version,
    sentiment.status AS status
FROM (
    SELECT
        payload,
        kafka_partition,
        kafka_offset,
        kafka_time,
        event_time,
        comment_id,
        user_id,
        item_id,
        late,
        reject_reason,
        sentiment_detail(CASE WHEN reject_reason IS NULL THEN content END, user_id) AS sentiment
    FROM parsed_comments
);
