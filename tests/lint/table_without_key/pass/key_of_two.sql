-- file: catalog/features/item_sentiment.sql
CREATE TABLE item_sentiment (
    item_id STRING,
    comments BIGINT,
    mean_score DOUBLE,
    CONSTRAINT pair PRIMARY KEY (item_id, comments) NOT ENFORCED
) WITH ('connector' = 'redis', 'url' = 'redis://localhost:6379', 'ttl' = '7 d');
