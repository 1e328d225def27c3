INSERT INTO item_sentiment
SELECT item_id, UNIX_TIMESTAMP(DATE_FORMAT(event_time, 'yyyy-MM-dd HH:mm:ss')), score FROM scored_comments
ON CONFLICT DO DEDUPLICATE;
