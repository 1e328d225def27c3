-- The columns in another order, and one of them left out.
INSERT INTO turnover (city, customer, total)
SELECT address.city, customer, SUM(total) FROM orders WHERE quantity > 0 GROUP BY customer, address.city;
