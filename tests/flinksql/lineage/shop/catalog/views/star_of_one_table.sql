CREATE VIEW star_of_one_table AS
SELECT o.*, i.category
FROM orders AS o
LEFT JOIN items FOR SYSTEM_TIME AS OF o.processing_time AS i ON o.item = i.item AND i.cost > 0;
