"""Models for SQL functions: find a version, check it, load it with Paddle, answer batches of texts."""
