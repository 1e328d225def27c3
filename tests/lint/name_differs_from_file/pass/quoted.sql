-- file: catalog/views/good.sql
CREATE VIEW `good` AS SELECT comment_id FROM comments WHERE stars > 3;
