CREATE VIEW constants AS
SELECT 'shop' AS name, 1 + 1 AS two, CAST(NULL AS STRING) AS nothing, PI() AS pi, UPPER('a') AS a FROM orders;
