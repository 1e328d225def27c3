-- Holiday topics, one row a topic: what people talk of around a holiday, and the words by which a comment shows it.
-- Analysts change them with plain SQL while jobs run (docs/holidays.md); a change counts within 3 seconds.
--   calendar                   whose holidays; the jobs read 'cn', so that others can hold drafts
--   kind                       'greeting' or 'topic'
--   words                      a comment has the topic when it contains one of them; capitals do not matter
--   active_from, active_until  when such a comment must have been written; NULL: at any time before or after
CREATE TABLE holiday_topics (
    calendar     STRING,
    topic        STRING,
    holiday      STRING,
    kind         STRING,
    words        ARRAY<STRING>,
    active_from  TIMESTAMP_LTZ(3),
    active_until TIMESTAMP_LTZ(3),
    -- The words as they are, whatever a regular expression would make of them; empty ones taken out, for they are in
    -- every text; NULL, which no text fits, if no word is left.
    words_pattern AS '(?iu)' || NULLIF(
        REPLACE(REPLACE('\Q' || ARRAY_JOIN(words, '\E|\Q') || '\E', '\Q\E|', ''), '|\Q\E', ''),
        '\Q\E'
    ),
    PRIMARY KEY (calendar, topic) NOT ENFORCED
) WITH (
    'connector' = 'redis',
    'url' = '${redis.url}',
    'password-file' = '${redis.password-file}',
    -- One hash a calendar, one field a topic: a topic is written alone, and a comment is joined with all of them.
    'structure' = 'map',
    'key' = 'holiday_topics:<calendar>',
    'map.field-column' = 'topic',
    -- So Redis is asked every 2 seconds, not for each comment.
    'lookup.cache' = 'PARTIAL',
    'lookup.partial-cache.max-rows' = '100',
    'lookup.partial-cache.expire-after-write' = '2 s'
);
