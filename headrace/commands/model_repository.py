"""Versions as they are kept: list, show, publish, verify, diff, fetch."""
