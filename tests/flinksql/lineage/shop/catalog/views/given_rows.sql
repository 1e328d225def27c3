CREATE VIEW given_rows AS
SELECT o.order_id, v.label FROM orders AS o JOIN (VALUES (1, 'one'), (2, 'two')) AS v (n, label) ON o.quantity = v.n;
