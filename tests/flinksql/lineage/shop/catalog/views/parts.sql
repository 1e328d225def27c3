CREATE VIEW parts AS
SELECT o.address.city AS city, attributes['size'] AS size_, tags[1] AS tag, ROW(price, item) AS pair, address
FROM orders AS o;
