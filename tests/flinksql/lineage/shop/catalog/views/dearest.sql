CREATE VIEW dearest AS
SELECT item, price FROM (
    SELECT item, price, ROW_NUMBER() OVER (PARTITION BY item ORDER BY price DESC, ts) AS place FROM orders
) WHERE place <= 3;
