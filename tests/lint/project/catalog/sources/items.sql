CREATE TABLE items (
    item_id STRING,
    category STRING,
    PRIMARY KEY (item_id) NOT ENFORCED
) WITH ('connector' = 'redis', 'url' = 'redis://localhost:6379');
