"""The demo: real reviews replayed as comments, their features read back and checked."""
