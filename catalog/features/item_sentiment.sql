-- item_sentiment:<item_id>: what people said of an item in the last full minute in which they said anything.
CREATE TABLE item_sentiment (
    item_id        STRING,
    window_start   TIMESTAMP_LTZ(3),
    window_end     TIMESTAMP_LTZ(3),
    comments       BIGINT,
    mean_score     DOUBLE,
    negative_share DOUBLE,
    PRIMARY KEY (item_id) NOT ENFORCED
) WITH (
    'connector' = 'redis',
    'url' = '${redis.url}',
    'password-file' = '${redis.password-file}',
    'ttl' = '7 d',
    'newer-wins.column' = 'window_end'
);
