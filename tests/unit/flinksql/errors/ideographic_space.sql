SELECT user_id FROM comments WHERE　city = '北京';
-- error:
-- ideographic_space.sql:1:35: U+3000 (ideographic space) is no space of SQL: write a plain space
--   1 | SELECT user_id FROM comments WHERE　city = '北京'
--     |                                   ^
