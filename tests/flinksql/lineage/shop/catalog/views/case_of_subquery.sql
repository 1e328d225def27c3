CREATE VIEW case_of_subquery AS
SELECT CASE WHEN item IN (SELECT item FROM items WHERE category = 'a') THEN price ELSE 0 END AS a_price FROM orders;
