CREATE VIEW choices AS
SELECT
    CASE item WHEN 'a' THEN price WHEN 'b' THEN total ELSE 0 END AS by_item,
    CASE WHEN quantity > 5 THEN 'many' ELSE customer END AS many,
    IF(quantity > 5, price, total) AS chosen,
    COALESCE(customer, address.city) AS who,
    NULLIF(customer, '') AS named
FROM orders;
