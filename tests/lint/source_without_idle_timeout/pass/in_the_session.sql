-- file: flink/conf/config.yaml
table.local-time-zone: UTC
-- file: catalog/session.sql
SET 'table.exec.source.idle-timeout' = '10 s';
