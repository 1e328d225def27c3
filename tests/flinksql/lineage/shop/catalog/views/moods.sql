CREATE VIEW moods AS
SELECT m.score AS score, mood.label AS label
FROM (
    SELECT sentiment_detail(JSON_VALUE(payload, '$.text'), JSON_VALUE(payload, '$.user')) AS mood,
        sentiment_detail('给力') AS m
    FROM clicks
);
