INSERT INTO item_sentiment
SELECT item_id, 2, stars
FROM comments MATCH_RECOGNIZE (
    PARTITION BY item_id
    ORDER BY event_time
    MEASURES LAST(B.stars) AS stars
    AFTER MATCH SKIP PAST LAST ROW
    PATTERN (A B)
    DEFINE A AS sentiment(A.content) < 0.3, B AS B.stars > A.stars
) AS m
ON CONFLICT DO DEDUPLICATE;
