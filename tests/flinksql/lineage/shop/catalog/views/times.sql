CREATE VIEW times AS
SELECT PROCTIME() AS now_, CURRENT_TIMESTAMP AS today, processing_time, event_time,
    CURRENT_WATERMARK(event_time) AS mark, DATE_FORMAT(arrived, 'yyyy') AS the_year
FROM orders;
