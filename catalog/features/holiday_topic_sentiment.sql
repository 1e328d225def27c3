-- holiday_topic_sentiment:<topic>:<utc_hour>, for example holiday_topic_sentiment:红包:2027-02-06T08: what people said of
-- a topic in an hour. The row of the running hour is renewed each minute; the rows of a topic are the course of its holiday.
CREATE TABLE holiday_topic_sentiment (
    topic          STRING,
    utc_hour       STRING,
    holiday        STRING,
    kind           STRING,
    window_start   TIMESTAMP_LTZ(3),
    window_end     TIMESTAMP_LTZ(3),
    comments       BIGINT,
    mean_score     DOUBLE,
    positive_share DOUBLE,
    negative_share DOUBLE,
    PRIMARY KEY (topic, utc_hour) NOT ENFORCED
) WITH (
    'connector' = 'redis',
    'url' = '${redis.url}',
    'password-file' = '${redis.password-file}',
    -- Until the same holiday comes again.
    'ttl' = '400 d',
    'newer-wins.column' = 'window_end'
);
