CREATE TABLE rates (
    city    STRING,
    rate    DECIMAL(10, 4),
    changed TIMESTAMP_LTZ(3),
    PRIMARY KEY (city) NOT ENFORCED,
    WATERMARK FOR changed AS changed
) WITH ('connector' = 'upsert-kafka', 'topic' = 'rates', 'key.format' = 'json', 'value.format' = 'json',
    'properties.bootstrap.servers' = 'localhost:9092');
