"""The functions that Flink SQL calls: one file per family."""
