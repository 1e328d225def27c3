-- file: catalog/features/item_sentiment.sql
CREATE TABLE item_sentiment (
    item_id STRING,
    comments BIGINT,
    mean_score DOUBLE
) WITH ('connector' = 'redis', 'url' = 'redis://localhost:6379', 'ttl' = '7 d');
-- file: sql/comments/item_sentiment.sql
INSERT INTO item_sentiment
SELECT item_id, 1, score FROM scored_comments;
