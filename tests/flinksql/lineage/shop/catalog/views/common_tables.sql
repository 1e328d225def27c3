CREATE VIEW common_tables AS
WITH dear AS (SELECT customer, total AS amount, item FROM orders WHERE price > 100),
     named (who, amount) AS (SELECT customer, amount + 1 FROM dear)
SELECT n.who, n.amount * 2 AS doubled, d.item FROM named AS n JOIN dear AS d ON n.who = d.customer;
