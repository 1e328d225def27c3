"""What Flink costs a model: the SQL pipeline against a bare Python loop, in one run (`make bench-model`)."""
