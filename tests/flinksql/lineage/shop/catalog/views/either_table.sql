CREATE VIEW either_table AS
SELECT COALESCE(o.item, i.item) AS item, i.cost FROM orders AS o FULL OUTER JOIN items AS i ON o.item = i.item;
