-- file: catalog/sources/likes.sql
CREATE TABLE likes (
    item_id STRING,
    -- what was written
    comment STRING,
    time TIMESTAMP(3)
) WITH ('connector' = 'kafka', 'topic' = 'likes', 'format' = 'json');
