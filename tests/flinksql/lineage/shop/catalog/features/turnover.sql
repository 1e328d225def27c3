CREATE TABLE turnover (
    customer STRING,
    city     STRING,
    orders   BIGINT,
    total    DECIMAL(38, 2),
    PRIMARY KEY (customer, city) NOT ENFORCED
) WITH ('connector' = 'redis', 'url' = 'redis://localhost:6379');
