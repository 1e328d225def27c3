CREATE VIEW keys_and_values AS
SELECT o.order_id, m.k, m.v, p.city, p.zip
FROM orders AS o
CROSS JOIN UNNEST(o.attributes) AS m (k, v)
CROSS JOIN UNNEST(ARRAY[o.address]) AS p (city, zip);
