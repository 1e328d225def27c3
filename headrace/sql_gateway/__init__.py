"""A client of Flink's SQL gateway: sessions, statements, results, and why a statement failed."""
