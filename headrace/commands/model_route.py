"""Versions as they serve: status, route, canary, promote, rollback."""
