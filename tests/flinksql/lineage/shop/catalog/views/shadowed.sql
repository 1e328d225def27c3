CREATE VIEW shadowed AS
WITH clicks AS (SELECT customer AS payload FROM orders) SELECT payload FROM clicks;
