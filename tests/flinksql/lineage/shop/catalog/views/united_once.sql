CREATE VIEW united_once AS SELECT customer FROM orders UNION SELECT city FROM rates;
