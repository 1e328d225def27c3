CREATE VIEW joined_using AS SELECT o.price, i.category FROM orders AS o JOIN items AS i USING (item);
