CREATE VIEW tagged AS SELECT o.order_id, t.tag, o.price FROM orders AS o CROSS JOIN UNNEST(o.tags) AS t (tag);
