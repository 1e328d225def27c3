INSERT INTO item_sentiment
SELECT item_id, 2, score
FROM scored_comments MATCH_RECOGNIZE (
    PARTITION BY item_id
    ORDER BY event_time
    MEASURES LAST(B.score) AS score
    AFTER MATCH SKIP PAST LAST ROW
    PATTERN (A B)
    DEFINE A AS A.score < 0.3, B AS B.score > A.score
) AS m
ON CONFLICT DO DEDUPLICATE;
