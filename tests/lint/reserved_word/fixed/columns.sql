INSERT INTO item_sentiment
SELECT item_id, `count`, value FROM (SELECT item_id, 1 AS `count`, score AS `value` FROM scored_comments)
ON CONFLICT DO DEDUPLICATE;
