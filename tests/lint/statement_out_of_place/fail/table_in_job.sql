-- file: sql/comments/likes.sql
CREATE TABLE likes (item_id STRING) WITH ('connector' = 'blackhole');
