-- file: catalog/features/user_mood.sql
CREATE TABLE user_mood (user_id STRING, mood DOUBLE, PRIMARY KEY (user_id) NOT ENFORCED)
WITH ('connector' = 'redis', 'url' = 'redis://localhost:6379', 'ttl' = '7 d');
