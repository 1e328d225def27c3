CREATE VIEW interval_joined AS
SELECT o.order_id, JSON_VALUE(c.payload, '$.page') AS page
FROM orders AS o
JOIN clicks AS c ON o.customer = JSON_VALUE(c.payload, '$.user')
    AND c.event_time BETWEEN o.event_time - INTERVAL '10' MINUTE AND o.event_time;
