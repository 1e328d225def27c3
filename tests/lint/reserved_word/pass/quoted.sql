-- file: catalog/sources/likes.sql
CREATE TABLE likes (
    item_id STRING,
    `comment` STRING,
    label STRING,
    text STRING
) WITH ('connector' = 'kafka', 'topic' = 'likes', 'format' = 'json');
