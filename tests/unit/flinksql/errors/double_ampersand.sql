SELECT user_id FROM comments WHERE likes > 3 && city = '北京';
-- error:
-- double_ampersand.sql:1:46: Flink does not know `&`: write AND, or BITAND(a, b)
--   1 | SELECT user_id FROM comments WHERE likes > 3 && city = '北京'
--     |                                              ^
