SELECT user_id FROM comments WHERE city ＝ '北京';
-- error:
-- chinese_equals.sql:1:41: `＝` is no ASCII equals sign: write `=`
--   1 | SELECT user_id FROM comments WHERE city ＝ '北京'
--     |                                         ^
