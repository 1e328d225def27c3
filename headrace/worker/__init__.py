"""How Flink's Python workers are started (`python.executable` in Flink's configuration)."""
