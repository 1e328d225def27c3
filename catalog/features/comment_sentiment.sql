-- comment_sentiment:<comment_id>: the sentiment of each comment.
CREATE TABLE comment_sentiment (
    comment_id    STRING,
    user_id       STRING,
    item_id       STRING,
    label         STRING,
    score         DOUBLE,
    confidence    DOUBLE,
    status        STRING,
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
