-- file: flink/conf/config.yaml
table.local-time-zone: UTC
