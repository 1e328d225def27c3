"""The local stack: Kafka, Redis and Flink as supervised processes on loopback."""
