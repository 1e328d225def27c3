CREATE VIEW grouped_by_alias AS
SELECT city, COUNT(DISTINCT item) AS items, LISTAGG(item) AS all_items, MAX(price) FILTER (WHERE quantity > 1) AS dearest
FROM (SELECT address.city AS city, item, price, quantity FROM orders WHERE tags[1] IS NOT NULL)
GROUP BY city HAVING COUNT(*) > 1 AND MAX(quantity) < 9;
