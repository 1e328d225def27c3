CREATE VIEW distinct_items AS SELECT DISTINCT item, UPPER(customer) AS customer FROM orders;
