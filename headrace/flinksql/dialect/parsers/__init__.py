"""The parser, a subject a file; each builds on those before it, `statements` on all."""
