CREATE VIEW lagging AS
SELECT item, price - LAG(price, 1) OVER (PARTITION BY item ORDER BY event_time) AS rise,
    FIRST_VALUE(customer) OVER (PARTITION BY item ORDER BY event_time ROWS BETWEEN 4 PRECEDING AND CURRENT ROW) AS who
FROM orders;
