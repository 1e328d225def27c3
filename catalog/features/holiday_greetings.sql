CREATE TABLE holiday_greetings (
    comment_id    STRING,
    topic         STRING,
    holiday       STRING,
    user_id       STRING,
    item_id       STRING,
    label         STRING,
    score         DOUBLE,
    model_version STRING,
    event_time    TIMESTAMP_LTZ(3),
    PRIMARY KEY (comment_id) NOT ENFORCED
) WITH (
    'connector' = 'redis',
    'url' = '${redis.url}',
    'password-file' = '${redis.password-file}',
    'ttl' = '7 d',
    'newer-wins.column' = 'event_time'
);
