-- user_emotion:<user_id>: mean and volatility (standard deviation) of a user's scores over the 5 minutes up to the
-- user's last comment.
CREATE TABLE user_emotion (
    user_id    STRING,
    comments   BIGINT,
    mean_score DOUBLE,
    volatility DOUBLE,
    event_time TIMESTAMP_LTZ(3),
    PRIMARY KEY (user_id) NOT ENFORCED
) WITH (
    'connector' = 'redis',
    'url' = '${redis.url}',
    'password-file' = '${redis.password-file}',
    'ttl' = '1 d',
    'newer-wins.column' = 'event_time'
);
