-- file: catalog/features/item_sentiment.sql
-- lint: ignore table-without-ttl: there are a hundred items, for ever
CREATE TABLE item_sentiment (
    item_id STRING,
    comments BIGINT,
    mean_score DOUBLE,
    PRIMARY KEY (item_id) NOT ENFORCED
) WITH ('connector' = 'redis', 'url' = 'redis://localhost:6379');
