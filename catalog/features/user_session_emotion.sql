-- user_session_emotion:<user_id>: a user's last session, which ends with 30 seconds of silence.
CREATE TABLE user_session_emotion (
    user_id       STRING,
    session_start TIMESTAMP_LTZ(3),
    session_end   TIMESTAMP_LTZ(3),
    comments      BIGINT,
    mean_score    DOUBLE,
    volatility    DOUBLE,
    PRIMARY KEY (user_id) NOT ENFORCED
) WITH (
    'connector' = 'redis',
    'url' = '${redis.url}',
    'password-file' = '${redis.password-file}',
    'ttl' = '1 d',
    'newer-wins.column' = 'session_end'
);
