-- file: sql/comments/alerts.sql
INSERT INTO alerts SELECT item_id, CAST(1 AS BIGINT) FROM scored_comments WHERE score < 0.1;
