CREATE VIEW growing AS
SELECT * FROM orders MATCH_RECOGNIZE (
    PARTITION BY customer
    ORDER BY event_time
    MEASURES FIRST(A.price) AS cheapest, LAST(B.order_id) AS latest
    ONE ROW PER MATCH
    AFTER MATCH SKIP PAST LAST ROW
    PATTERN (A B+)
    DEFINE B AS B.price > A.price AND B.quantity > 1
);
