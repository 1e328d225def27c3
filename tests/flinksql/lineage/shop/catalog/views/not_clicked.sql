CREATE VIEW not_clicked AS
SELECT item FROM orders EXCEPT SELECT JSON_VALUE(payload, '$.item') FROM clicks WHERE arrived IS NOT NULL;
