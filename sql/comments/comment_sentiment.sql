-- Each comment's sentiment, as soon as it is scored; a text that the model cannot take has the neutral default.
INSERT INTO comment_sentiment
SELECT comment_id, user_id, item_id, label, score, confidence, status, model_version, event_time
FROM scored_comments
WHERE reject_reason IS NULL
ON CONFLICT DO DEDUPLICATE;
