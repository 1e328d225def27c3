-- file: catalog/views/good.sql
CREATE VIEW good_comments AS SELECT comment_id FROM comments WHERE stars > 3;
