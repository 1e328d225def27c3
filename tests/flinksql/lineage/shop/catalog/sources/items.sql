CREATE TABLE items (
    item     STRING,
    category STRING,
    cost     DECIMAL(10, 2),
    PRIMARY KEY (item) NOT ENFORCED
) WITH ('connector' = 'redis', 'url' = 'redis://localhost:6379', 'key' = 'shop:{<item>}');
