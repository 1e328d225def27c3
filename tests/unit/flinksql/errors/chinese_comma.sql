SELECT user_id， content FROM comments;
-- error:
-- chinese_comma.sql:1:15: `，` is no ASCII comma: write `,`
--   1 | SELECT user_id， content FROM comments
--     |               ^
