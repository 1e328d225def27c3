-- Comments with a holiday topic and their sentiment: the model sees no others, and each of these once.
CREATE VIEW scored_holiday_comments AS
SELECT
    event_time,
    comment_id,
    user_id,
    item_id,
    content,
    late,
    calendar,
    processing_time,
    sentiment.label AS label,
    sentiment.score AS score,
    sentiment.model_version AS model_version,
    sentiment.status AS status
FROM (
    SELECT
        event_time,
        comment_id,
        user_id,
        item_id,
        content,
        late,
        calendar,
        processing_time,
        -- Routed by its user: one user sees one version of the model.
        -- lint: ignore model-called-in-several-jobs: few comments have a topic, and neither job waits for the other
        sentiment_detail(content, user_id) AS sentiment
    FROM holiday_comments
);
