-- file: sql/comments/_settings.sql
SET 'table.exec.state.ttl' = '1 d';
