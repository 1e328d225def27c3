CREATE VIEW numbered AS
SELECT o.item, (SELECT COUNT(*) FROM rates AS r WHERE r.city = o.address.city) AS n FROM orders AS o;
