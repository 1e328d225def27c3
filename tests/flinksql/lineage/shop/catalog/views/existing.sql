CREATE VIEW existing AS
SELECT order_id FROM orders AS o WHERE EXISTS (SELECT i.category FROM items AS i WHERE i.item = o.item AND i.cost < o.price);
