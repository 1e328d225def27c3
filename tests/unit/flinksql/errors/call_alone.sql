CALL;
-- error:
-- call_alone.sql:1:5: Expected a function's name, found the end
--   1 | CALL
--     |     ^
