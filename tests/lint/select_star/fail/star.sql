-- file: catalog/views/all_comments.sql
CREATE VIEW all_comments AS SELECT c.*, sentiment(content) AS score FROM comments AS c;
