-- greeting_mood:<utc_hour>, for example greeting_mood:2027-02-06T08: the mood of the greeting cards of an hour.
CREATE TABLE greeting_mood (
    utc_hour       STRING,
    window_start   TIMESTAMP_LTZ(3),
    window_end     TIMESTAMP_LTZ(3),
    cards          BIGINT,
    mean_score     DOUBLE,
    positive_share DOUBLE,
    negative_share DOUBLE,
    PRIMARY KEY (utc_hour) NOT ENFORCED
) WITH (
    'connector' = 'redis',
    'url' = '${redis.url}',
    'password-file' = '${redis.password-file}',
    'ttl' = '400 d',
    'newer-wins.column' = 'window_end'
);
