CREATE VIEW quoted_names AS SELECT `offset` AS `value`, `o`.`price` AS `sum` FROM `orders` AS `o`;
