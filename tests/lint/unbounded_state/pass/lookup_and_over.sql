INSERT INTO item_sentiment
SELECT i.category, COUNT(*) OVER last_hour, AVG(s.score) OVER last_hour
FROM scored_comments AS s JOIN items FOR SYSTEM_TIME AS OF s.processing_time AS i ON s.item_id = i.item_id
WINDOW last_hour AS (
    PARTITION BY i.category ORDER BY s.event_time RANGE BETWEEN INTERVAL '1' HOUR PRECEDING AND CURRENT ROW
)
ON CONFLICT DO DEDUPLICATE;
