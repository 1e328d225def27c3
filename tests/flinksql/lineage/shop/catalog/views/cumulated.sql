CREATE VIEW cumulated AS
SELECT window_end, item, customer, SUM(quantity) AS quantity
FROM CUMULATE(TABLE orders, DESCRIPTOR(event_time), INTERVAL '1' MINUTE, INTERVAL '1' HOUR)
GROUP BY window_start, window_end, GROUPING SETS ((item), (customer));
