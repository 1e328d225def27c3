-- What every session starts with. The settings stand in flink/conf/config.yaml, where a bare SQL client finds them too.
CREATE CATALOG IF NOT EXISTS headrace WITH ('type' = 'headrace', 'path' = '${catalog.path}');
USE CATALOG headrace;
