INSERT INTO item_sentiment
SELECT item_id, 1, Sentiment(Upper(content)) FROM comments
ON CONFLICT DO DEDUPLICATE;
