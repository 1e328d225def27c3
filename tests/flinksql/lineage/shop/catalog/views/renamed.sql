CREATE VIEW renamed (buyer, paid) AS SELECT customer, total * 2 FROM star WHERE NOT (quantity = 0);
