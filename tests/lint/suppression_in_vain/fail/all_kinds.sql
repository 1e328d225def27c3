-- lint: ignore select-star
INSERT INTO item_sentiment
-- lint: ignore selct-star: mistyped
-- lint: ignore time-of-run: there is nothing of it
SELECT item_id, 1, score FROM scored_comments
ON CONFLICT DO DEDUPLICATE;
