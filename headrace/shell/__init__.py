"""The analyst's shell over Flink's SQL gateway."""
