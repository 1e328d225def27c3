"""The generator, a subject a file: every node that the parser makes is written by a method here, so that nothing of
sqlglot's general translation changes a statement."""
