SELECT * FROM TUMBLE(TABLE t, DESCRIPTOR(ts), INTERVAL '1');
-- error:
-- interval_without_unit.sql:1:59: Expected a unit of time (SECOND, MINUTE, HOUR, DAY, MONTH, YEAR), found `)`
--   1 | SELECT * FROM TUMBLE(TABLE t, DESCRIPTOR(ts), INTERVAL '1')
--     |                                                           ^
