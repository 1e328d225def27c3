-- file: catalog/features/item_sentiment.sql
CREATE TABLE item_sentiment (
    item_id STRING,
    comments BIGINT,
    mean_score DOUBLE,
    PRIMARY KEY (item_id) NOT ENFORCED
) WITH ('connector' = 'redis', 'url' = 'redis://localhost:6379');
