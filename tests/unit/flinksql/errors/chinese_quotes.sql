SELECT user_id FROM comments WHERE city = “北京”;
-- error:
-- chinese_quotes.sql:1:43: `“` is no quotation mark of SQL: write strings in '…' and names in `…`
--   1 | SELECT user_id FROM comments WHERE city = “北京”
--     |                                           ^
