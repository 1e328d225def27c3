CREATE VIEW counted AS SELECT COUNT(*) AS n, COUNT(*) * 2 AS twice, 1 + MAX(1) AS constant FROM orders;
